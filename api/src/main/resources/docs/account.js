// Where the links of mails lead: what the link is for goes to the API with its token and what is typed here.
const pages = {
  '/verify-email': {
    title: 'Verify your address', button: 'Verify', path: 'verify-email', fields: [],
    body: token => ({token}), done: 'Your address is verified.',
  },
  '/reset-password': {
    title: 'A new password', button: 'Set the password', path: 'password/reset', fields: ['password'],
    body: (token, form) => ({token, new_password: form.password.value}),
    done: 'The password is changed. All your sessions have ended; sign in again.',
  },
  '/accept-invitation': {
    title: 'You are invited', button: 'Join', path: 'invitations/accept', fields: ['name', 'password'],
    body: (token, form) => form.name.value
      ? {token, password: form.password.value, name: form.name.value}
      : {token, password: form.password.value},
    done: 'You belong to the organization now; sign in.',
  },
};

const page = pages[location.pathname];
const token = new URLSearchParams(location.hash.slice(1)).get('token');
const form = document.getElementById('form');
const answer = document.getElementById('answer');
document.getElementById('title').textContent = page.title;
form.querySelector('button').textContent = page.button;
page.fields.forEach(name => document.getElementById(name).hidden = false);
form.elements.password.required = page.fields.includes('password');
form.hidden = !token;
if (!token) {
  answer.textContent = 'This link is not whole: copy all of it from the mail.';
}

form.addEventListener('submit', async event => {
  event.preventDefault();
  const response = await fetch('/api/v1/auth/' + page.path, {
    method: 'POST',
    headers: {'Content-Type': 'application/json'},
    body: JSON.stringify(page.body(token, {name: form.elements.name, password: form.elements.password})),
  });
  const problem = response.ok ? null : await response.json();
  answer.textContent = problem
    ? [problem.detail, ...(problem.errors || []).map(error => error.field + ' ' + error.message)].join(' ')
    : page.done;
  form.hidden = response.ok;
});
