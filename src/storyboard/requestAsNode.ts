import type { JsonObject } from '../catalogue/model';
import { bodyText, filesOf, jsonText, type RequestSample } from './requestSample';

/** For Node.js 20 and newer; needs no package. */
export function requestAsNode(sample: RequestSample): string {
  const files = filesOf(sample);
  const variable = (index: number): string => `file${index + 1}`;
  const uploads = files.map(
    ({ file, type, ending }, index) => `const ${variable(index)} = await upload(${jsonText(file)}, '${type}', 'input.${ending}');`,
  );
  return `// Save as video.mjs, then: KREA_API_KEY=… node video.mjs
${files.length > 0 ? "import { openAsBlob } from 'node:fs';\n" : ''}import { setTimeout as sleep } from 'node:timers/promises';

const token = process.env.KREA_API_KEY;
if (!token) throw new Error('Set KREA_API_KEY to your Krea API token.');
const api = ${jsonText(sample.apiBase)};

async function call(path, options = {}) {
  const headers = { Authorization: \`Bearer \${token}\`, ...options.headers };
  const response = await fetch(api + path, { ...options, headers, redirect: 'error' });
  const text = await response.text();
  try {
    return { status: response.status, text, json: JSON.parse(text) };
  } catch {
    return { status: response.status, text, json: {} };
  }
}
${
  files.length === 0
    ? ''
    : `
/** Sends a file to Krea, which is free, and gives its address there. */
async function upload(file, type, name) {
  const body = new FormData();
  body.set('file', await openAsBlob(file, { type }), name);
  const { status, text, json } = await call('/assets', { method: 'POST', body });
  if (!json.image_url) throw new Error(\`The upload failed: \${status} \${text}\`);
  return json.image_url;
}

${uploads.join('\n')}
`
}
const body = ${bodyText(sample, objectText, variable)};

// Each run is a new video, and is paid. If no answer comes, the video may be on its way all the same:
// look at GET /jobs before you run this again.
const submitted = await call(${jsonText(sample.endpoint)}, {
  method: 'POST',
  headers: { 'Content-Type': 'application/json'${sample.webhookUrl ? `, 'X-Webhook-URL': ${jsonText(sample.webhookUrl)}` : ''} },
  body: JSON.stringify(body),
  signal: AbortSignal.timeout(120_000),
});
const job = submitted.json.job_id;
if (!job) throw new Error(\`No job was made, or its id is not known: \${submitted.status} \${submitted.text}\`);
console.error(\`Job \${job}\`);

for (let misses = 0; misses < 20; ) {
  await sleep(5000);
  const { status, text, json } = await call(\`/jobs/\${job}\`, { signal: AbortSignal.timeout(30_000) }).catch((error) => ({
    text: String(error),
    json: {},
  }));
  misses = json.status ? 0 : misses + 1;
  if (!json.status) console.error(status ?? '', text);
  if (json.status === 'failed' || json.status === 'cancelled') throw new Error(text);
  if (json.status !== 'completed') continue;
  const found = Object.values(json.result?.urls ?? {});
  const clip = found.find((one) => one?.type !== 'preview') ?? found[0];
  const address = clip?.url ?? clip;
  if (!address) throw new Error(\`Finished without a video: \${text}\`);
  console.log(address);
  process.exit(0);
}
throw new Error(\`Gave up looking. Krea may still be at work on job \${job}.\`);
`;
}

/** JSON is JavaScript, but for one name that would set the prototype. A line begins with a name or a bracket, never inside a text. */
function objectText(body: JsonObject): string {
  return jsonText(body).replace(/^( *)"__proto__":/gm, '$1["__proto__"]:');
}
