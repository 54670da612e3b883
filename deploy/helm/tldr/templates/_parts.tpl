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

{{/* A value as it was written: a number is none that is calculated with, and of a values file Helm makes 2.0261201e+07. */}}
{{- define "tldr.text" -}}
{{- if and (kindIs "float64" .) (eq . (floor .)) }}{{ int64 . }}{{ else if not (kindIs "invalid" .) }}{{ . }}{{ end }}
{{- end }}

{{/* A duration of the settings in whole seconds. */}}
{{- define "tldr.seconds" -}}
{{- if not (regexMatch "^[0-9]{1,9}(ms|s|m|h|d)$" .) }}
{{- fail (printf "WORKER_SHUTDOWN_GRACE is %q: it must be a number with a unit, ms, s, m, h or d." .) }}
{{- end }}
{{- $number := regexFind "^[0-9]+" . | int64 }}
{{- $unit := regexFind "[a-z]+$" . }}
{{- if eq $unit "ms" }}{{ div (add $number 999) 1000 }}{{ else }}{{ mul $number (get (dict "s" 1 "m" 60 "h" 3600 "d" 86400) $unit) }}{{ end }}
{{- end }}

{{/* A pod of the program: root, component, build (id and tag), settings (of this component), resources and scratch; command, where it ends by itself. */}}
{{- define "tldr.pod" -}}
{{- $port := "8000" }}
{{- $settings := merge (dict) .settings .root.Values.settings }}
{{- if ne (include "tldr.text" ($settings.PORT | default $port)) $port }}
{{- fail (printf "PORT cannot be set: probes, Services and the NetworkPolicy speak to port %s of the pods. What callers speak to is api.service.port." $port) }}
{{- end }}
{{- $settings = merge (dict "PORT" $port) $settings -}}
metadata:
  labels:
    {{- include "tldr.labels" . | nindent 4 }}
    {{- if not .command }}
    # What /metrics is read of.
    tldr/serves: "true"
    {{- end }}
  annotations:
    checksum/settings: {{ $settings | toJson | sha256sum }}
    {{- with .root.Values.podAnnotations }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
spec:
  automountServiceAccountToken: false
  enableServiceLinks: false
  {{- if .command }}
  restartPolicy: Never
  {{- end }}
  # What is in flight gets WORKER_SHUTDOWN_GRACE, and is handed over then; requests are answered before it and after.
  terminationGracePeriodSeconds: {{ include "tldr.seconds" ($settings.WORKER_SHUTDOWN_GRACE | default "15s" | toString) | int64 | add 30 }}
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
      image: {{ printf "%s:%s" .root.Values.image.repository (include "tldr.text" .build.tag | default .root.Chart.AppVersion) }}
      imagePullPolicy: {{ .root.Values.image.pullPolicy }}
      args: {{ .command | default (list "serve") | toJson }}
      {{- if not .command }}
      ports:
        - {name: http, containerPort: {{ $port }}}
      {{- end }}
      envFrom:
        - secretRef:
            name: {{ .root.Values.existingSecret }}
      env:
        {{- range $name, $value := $settings }}
        - name: {{ $name }}
          value: {{ include "tldr.text" $value | quote }}
        {{- end }}
        {{- with include "tldr.text" .build.buildId }}
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
