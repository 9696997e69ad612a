import { bodyText, filesOf, jsonText, type RequestSample } from './requestSample';

/** For any POSIX shell; needs curl, sed and tr, and no parser of JSON. */
export function requestAsCurl(sample: RequestSample): string {
  const files = filesOf(sample);
  const variable = (index: number): string => `file_${index + 1}`;
  // outside of its quotes for the length of a variable
  const body = quoted(
    bodyText(
      sample,
      (plain) => shellSafe(jsonText(plain)),
      (index) => `"'"$${variable(index)}"'"`,
    ),
  );
  const uploads = files.map(
    ({ file, type, ending }, index) =>
      `${variable(index)}=$(upload ${quoted(shellSafe(file))} ${type} ${ending})\n[ -n "$${variable(index)}" ] || fail 'The upload failed.'`,
  );
  return `#!/bin/sh
# Save as video.sh, then: KREA_API_KEY=… sh video.sh
set -u
: "\${KREA_API_KEY:?Set KREA_API_KEY to your Krea API token.}"
api=${quoted(shellSafe(sample.apiBase))}

fail() {
  printf '%s\\n' "$@" >&2
  exit 1
}

# The text of one field of an answer in JSON.
field() {
  tr -d '\\n' | sed -n 's/.*"'"$1"'" *: *"\\([^"]*\\)".*/\\1/p' | sed -e 's#\\\\/#/#g' -e 's/\\\\u0026/\\&/g'
}
${
  files.length === 0
    ? ''
    : `
# Sends a file to Krea, which is free, and prints its address there.
upload() {
  answer=$(curl -sS --http1.1 -X POST "$api/assets" -H "Authorization: Bearer $KREA_API_KEY" \\
    -F "file=@-;filename=input.$3;type=$2" < "$1")
  address=$(printf '%s' "$answer" | field image_url)
  [ -n "$address" ] || printf '%s\\n' "$answer" >&2
  printf '%s' "$address"
}

${uploads.join('\n')}
`
}
body=${body}

# Each run is a new video, and is paid. If no answer comes, the video may be on its way all the same:
# look at GET /jobs before you run this again.
answer=$(printf '%s' "$body" | curl -sS --http1.1 --max-time 120 -X POST "$api"${quoted(shellSafe(sample.endpoint))} \\
  -H "Authorization: Bearer $KREA_API_KEY" -H 'Content-Type: application/json' \\
${sample.webhookUrl ? `  -H ${quoted(shellSafe(`X-Webhook-URL: ${sample.webhookUrl}`))} \\\n` : ''}  --data-binary @-)
job=$(printf '%s' "$answer" | field job_id)
[ -n "$job" ] || fail "$answer" 'No job was made, or its id is not known.'
echo "Job $job" >&2

misses=0
while [ "$misses" -lt 20 ]; do
  sleep 5
  answer=$(curl -sS --max-time 30 "$api/jobs/$job" -H "Authorization: Bearer $KREA_API_KEY")
  case $(printf '%s' "$answer" | field status) in
    completed)
      address=$(printf '%s' "$answer" | tr -d '\\n' |
        sed -n -e 's/.*"urls" *: *\\[\\([^]]*\\)\\].*/\\1/p' -e 's/.*"urls" *: *{\\([^}]*\\)}.*/\\1/p' |
        sed -n 's/.*"\\(https\\{0,1\\}:[^"]*\\)".*/\\1/p' | sed -e 's#\\\\/#/#g' -e 's/\\\\u0026/\\&/g')
      [ -n "$address" ] || fail "$answer" 'Finished without a video.'
      printf '%s\\n' "$address"
      exit 0
      ;;
    failed | cancelled) fail "$answer" ;;
    '') misses=$((misses + 1)) ;;
    *) misses=0 ;;
  esac
done
fail "$answer" "Gave up looking. Krea may still be at work on job $job."
`;
}

/** Between single quotes a shell takes every sign as it stands, but for the quote itself. */
function shellSafe(text: string): string {
  return text.replaceAll("'", `'\\''`);
}

function quoted(safe: string): string {
  return `'${safe}'`;
}
