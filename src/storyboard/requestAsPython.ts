import type { Json, JsonObject } from '../catalogue/model';
import { bodyText, filesOf, jsonText, type RequestSample } from './requestSample';

/** For Python 3.8 and newer; needs no package. */
export function requestAsPython(sample: RequestSample): string {
  const files = filesOf(sample);
  const variable = (index: number): string => `file_${index + 1}`;
  const uploads = files.map(
    ({ file, type, ending }, index) => `${variable(index)} = upload(${jsonText(file)}, "${type}", "input.${ending}")`,
  );
  return `#!/usr/bin/env python3
# Save as video.py, then: KREA_API_KEY=… python3 video.py
import json
import os
import sys
import time
import urllib.error
import urllib.request
${files.length > 0 ? 'import uuid\n' : ''}
TOKEN = os.environ.get("KREA_API_KEY") or sys.exit("Set KREA_API_KEY to your Krea API token.")
API = ${jsonText(sample.apiBase)}


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args):
        return None  # the token goes to no other place


OPENER = urllib.request.build_opener(NoRedirect)


def call(path, data=None, headers={}, timeout=120):
    headers = {"Authorization": "Bearer " + TOKEN, **headers}
    try:
        with OPENER.open(urllib.request.Request(API + path, data, headers), timeout=timeout) as response:
            status, text = response.status, response.read().decode("utf-8", "replace")
    except urllib.error.HTTPError as error:
        status, text = error.code, error.read().decode("utf-8", "replace")
    try:
        answer = json.loads(text)
    except ValueError:
        answer = {}
    return status, text, answer if isinstance(answer, dict) else {}

${
  files.length === 0
    ? ''
    : `
def upload(file, kind, name):
    """Sends a file to Krea, which is free, and gives its address there."""
    boundary = uuid.uuid4().hex
    with open(file, "rb") as opened:
        content = opened.read()
    head = f'--{boundary}\\r\\nContent-Disposition: form-data; name="file"; filename="{name}"\\r\\nContent-Type: {kind}\\r\\n\\r\\n'
    data = head.encode() + content + f"\\r\\n--{boundary}--\\r\\n".encode()
    status, text, answer = call("/assets", data, {"Content-Type": "multipart/form-data; boundary=" + boundary})
    return answer.get("image_url") or sys.exit(f"The upload failed: {status} {text}")


${uploads.join('\n')}
`
}
body = ${bodyText(sample, (plain) => pythonText(plain), variable)}

# Each run is a new video, and is paid. If no answer comes, the video may be on its way all the same:
# look at GET /jobs before you run this again.
headers = {"Content-Type": "application/json"${sample.webhookUrl ? `, "X-Webhook-URL": ${jsonText(sample.webhookUrl)}` : ''}}
status, text, answer = call(${jsonText(sample.endpoint)}, json.dumps(body).encode(), headers)
job = answer.get("job_id") or sys.exit(f"No job was made, or its id is not known: {status} {text}")
print("Job", job, file=sys.stderr)

misses = 0
while misses < 20:
    time.sleep(5)
    try:
        status, text, answer = call("/jobs/" + job, timeout=30)
    except OSError as error:
        status, text, answer = "", str(error), {}
    state = answer.get("status")
    misses = 0 if state else misses + 1
    if not state:
        print(status, text, file=sys.stderr)
    if state in ("failed", "cancelled"):
        sys.exit(text)
    if state == "completed":
        urls = (answer.get("result") or {}).get("urls") or []
        found = list(urls.values()) if isinstance(urls, dict) else urls
        found = [one for one in found if not (isinstance(one, dict) and one.get("type") == "preview")] or found
        clip = found[0] if found else None
        address = clip.get("url") if isinstance(clip, dict) else clip
        print(address or sys.exit(f"Finished without a video: {text}"))
        sys.exit()
sys.exit(f"Gave up looking. Krea may still be at work on job {job}.")
`;
}

/** As JSON, but for three words. Texts are the same in both. */
function pythonText(value: Json, indent = ''): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value !== 'object') return jsonText(value);
  const inner = `${indent}    `;
  const parts = isList(value)
    ? value.map((item) => pythonText(item, inner))
    : Object.entries(value).map(([name, held]) => `${jsonText(name)}: ${pythonText(held, inner)}`);
  const [open, close] = isList(value) ? '[]' : '{}';
  return parts.length === 0 ? `${open}${close}` : `${open}\n${parts.map((part) => `${inner}${part},\n`).join('')}${indent}${close}`;
}

function isList(value: readonly Json[] | JsonObject): value is readonly Json[] {
  return Array.isArray(value);
}
