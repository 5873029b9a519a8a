// A receiver of comments on loopback: a publisher's endpoint, WordPress' answers, and a thread.
import { createServer } from 'node:http';

/**
 * Starts a receiver. `answers` is a list of what the next posts get, each `{ status, body, headers,
 * wait }` (milliseconds)
 * or `'silence'` (the connection is cut before the answer is complete); the last one stays.
 */
export async function receiver(answers = [{ status: 201, body: { status: 'approved' } }]) {
  const posts = [];
  const cors = {
    'access-control-allow-origin': '*',
    'access-control-allow-headers': 'content-type',
    'access-control-expose-headers': 'retry-after, x-wp-totalpages',
  };
  const thread = { comments: [] };
  const server = createServer((request, response) => {
    if (request.method === 'OPTIONS') return response.writeHead(204, cors).end();
    if (request.method === 'GET') {
      return response
        .writeHead(200, { ...cors, 'content-type': 'application/json' })
        .end(JSON.stringify(thread));
    }
    let body = '';
    request.on('data', (chunk) => (body += chunk));
    request.on('end', () => {
      posts.push({ url: request.url, headers: request.headers, body });
      const answer = answers.length > 1 ? answers.shift() : answers[0];
      if (answer === 'silence') {
        // Cut after the head: were nothing sent, the browser itself would ask again.
        response.writeHead(201, { ...cors, 'content-length': '99' });
        response.write('{');
        return setTimeout(() => request.socket.destroy(), 50);
      }
      const respond = () => response
        .writeHead(answer.status, { ...cors, 'content-type': 'application/json', ...answer.headers })
        .end(JSON.stringify(answer.body ?? {}));
      setTimeout(respond, answer.wait ?? 0);
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${server.address().port}`;
  return { url, posts, answers, thread, stop: () => new Promise((done) => server.close(done)) };
}
