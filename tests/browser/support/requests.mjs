// Many requests in little time: pipelined, over one connection.

import { once } from 'node:events';
import { connect } from 'node:net';

/** `GET`s `/v5/NAME/1` to `/v5/NAME/COUNT`, and waits for the last answer. */
export async function many(address, name, count) {
  const { hostname, port } = new URL(address);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  const lines = Array.from({ length: count }, (_, index) => {
    const close = index === count - 1 ? 'Connection: close\r\n' : '';
    return `GET /v5/${name}/${index + 1} HTTP/1.1\r\nHost: sandbox\r\nAuthorization: Bearer pina_of_many_letters\r\n${close}\r\n`;
  });
  socket.write(lines.join(''));
  socket.resume();
  await once(socket, 'close');
}
