-- wrk: each request with another key. The file that REQUESTS names has lines of METHOD, PATH, KEY and perhaps a body, between
-- tabs; %d in a body is a number that no other request of this run has.
local requests = {}
local sent = 0
local thread_number = 0

function setup(thread)
  thread:set("number", thread_number)
  thread_number = thread_number + 1
end

function init(arguments)
  for line in io.lines(os.getenv("REQUESTS")) do
    local method, path, key, body = line:match("([^\t]*)\t([^\t]*)\t([^\t]*)\t?(.*)")
    requests[#requests + 1] = { method = method, path = path, key = key, body = body }
  end
  sent = number * 7919
end

function request()
  sent = sent + 1
  local one = requests[sent % #requests + 1]
  local headers = { ["X-API-Key"] = one.key }
  local body = nil
  if one.body ~= "" then
    headers["Content-Type"] = "application/json"
    body = one.body:gsub("%%d", os.time() .. "-" .. number .. "-" .. sent)
  end
  return wrk.format(one.method, one.path, headers, body)
end

function done(summary, latency)
  local errors = summary.errors
  print(string.format("RESULT %.2f %.3f %.3f %.3f %d %d", summary.requests / (summary.duration / 1e6),
    latency:percentile(50) / 1000, latency:percentile(95) / 1000, latency:percentile(99) / 1000,
    errors.status + errors.connect + errors.read + errors.write + errors.timeout, summary.requests))
end
