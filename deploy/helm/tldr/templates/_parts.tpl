{{- define "tldr.labels" -}}
app.kubernetes.io/name: tldr
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component }}
{{- end }}

{{- define "tldr.meta" -}}
{{ include "tldr.labels" . }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version }}
{{- end }}

{{- define "tldr.name" -}}
{{ printf "%s-%s" .root.Release.Name .component | trunc 63 | trimSuffix "-" }}
{{- end }}

{{/* A pod of the program: root, component, build (id and tag), settings (of this component), resources and scratch; command, where it ends by itself. */}}
{{- define "tldr.pod" -}}
metadata:
  labels:
    {{- include "tldr.labels" . | nindent 4 }}
    {{- if not .command }}
    # What /metrics is read of.
    tldr/serves: "true"
    {{- end }}
  annotations:
    checksum/settings: {{ merge (dict) .settings .root.Values.settings | toJson | sha256sum }}
    {{- with .root.Values.podAnnotations }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
spec:
  automountServiceAccountToken: false
  enableServiceLinks: false
  {{- if .command }}
  restartPolicy: Never
  {{- end }}
  # What is in flight gets WORKER_SHUTDOWN_GRACE, and is handed over then.
  terminationGracePeriodSeconds: 45
  securityContext:
    runAsNonRoot: true
    runAsUser: 10001
    runAsGroup: 10001
    fsGroup: 10001
    seccompProfile: {type: RuntimeDefault}
  {{- with .root.Values.imagePullSecrets }}
  imagePullSecrets:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .root.Values.nodeSelector }}
  nodeSelector:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .root.Values.tolerations }}
  tolerations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  topologySpreadConstraints:
    - maxSkew: 1
      topologyKey: kubernetes.io/hostname
      whenUnsatisfiable: ScheduleAnyway
      labelSelector:
        matchLabels:
          {{- include "tldr.labels" . | nindent 10 }}
  containers:
    - name: tldr
      image: {{ printf "%s:%s" .root.Values.image.repository (.build.tag | default .root.Chart.AppVersion) }}
      imagePullPolicy: {{ .root.Values.image.pullPolicy }}
      args: {{ .command | default (list "serve") | toJson }}
      {{- if not .command }}
      ports:
        - {name: http, containerPort: 8000}
      {{- end }}
      envFrom:
        - secretRef:
            name: {{ .root.Values.existingSecret }}
      env:
        {{- range $name, $value := merge (dict) .settings .root.Values.settings }}
        - name: {{ $name }}
          value: {{ $value | quote }}
        {{- end }}
        {{- with .build.buildId }}
        - name: TEMPORAL_BUILD_ID
          value: {{ . | quote }}
        {{- end }}
      {{- if not .command }}
      # Alive asks nobody: an outage elsewhere restarts nothing.
      startupProbe:
        httpGet: {path: /health, port: http}
        periodSeconds: 2
        failureThreshold: 90
      livenessProbe:
        httpGet: {path: /health, port: http}
        periodSeconds: 10
        timeoutSeconds: 3
      readinessProbe:
        httpGet: {path: /health/ready, port: http}
        periodSeconds: 5
        timeoutSeconds: 4
        failureThreshold: 2
      lifecycle:
        preStop:
          # Until everybody has heard that nothing is to be sent here any more.
          exec: {command: [/bin/sleep, "5"]}
      {{- end }}
      resources:
        {{- toYaml .resources | nindent 8 }}
      securityContext:
        allowPrivilegeEscalation: false
        readOnlyRootFilesystem: true
        capabilities: {drop: [ALL]}
      volumeMounts:
        - {name: home, mountPath: /var/lib/tldr}
        - {name: tmp, mountPath: /tmp}
  volumes:
    - name: home
      emptyDir: {sizeLimit: {{ .scratch }}}
    - name: tmp
      emptyDir: {sizeLimit: 64Mi}
{{- end }}
