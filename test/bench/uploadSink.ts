// A child: takes any file at /assets, keeps nothing of it, and prints its address.
//   node uploadSink.js
import { createServer } from 'node:http';

const server = createServer((request, response) => {
  let bytes = 0;
  request.on('data', (piece: Buffer) => {
    bytes += piece.length;
  });
  request.once('end', () => {
    const { host } = request.headers;
    response.setHeader('Content-Type', 'application/json');
    response.end(JSON.stringify({ id: `asset-${bytes}`, image_url: `http://${host}/assets/asset-${bytes}.png`, size_bytes: bytes }));
  });
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address !== null && typeof address !== 'string') console.log(`http://127.0.0.1:${address.port}/`);
});
