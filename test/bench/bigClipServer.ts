// A child: serves one large mp4 (a real clip with a free box at its end) and prints its address.
//   node bigClipServer.js <clip> <bytes>
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

const [clip = '', size = '0'] = process.argv.slice(2);
const head = readFileSync(clip);
const free = Buffer.alloc(8);
free.writeUInt32BE(Number(size) - head.length);
free.write('free', 4, 'latin1');
const start = Buffer.concat([head, free]);
const piece = Buffer.alloc(256 * 1024);

const server = createServer((request, response) => {
  if (request.url === '/small') return void response.end(head);
  response.writeHead(200, { 'Content-Type': 'video/mp4', 'Content-Length': size });
  const send = async (): Promise<void> => {
    response.write(start);
    for (let left = Number(size) - start.length; left > 0 && !response.destroyed; left -= piece.length)
      if (!response.write(left < piece.length ? piece.subarray(0, left) : piece)) await once(response, 'drain');
    response.end();
  };
  send().catch(() => response.destroy());
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address !== null && typeof address !== 'string') console.log(`http://127.0.0.1:${address.port}/clip.mp4`);
});
