// The plainest honest tracker: what the reference is measured beside (Scripts/bench-tracker).
//
//     NODE_PATH=/usr/share/nodejs node plain-tracker.js PORT REDIS_PORT
'use strict';

const http = require('http');
const redis = require('redis');

const [port, redisPort] = process.argv.slice(2).map(Number);
const client = redis.createClient({ url: `redis://127.0.0.1:${redisPort}` });

function json(response, value) {
  const body = JSON.stringify(value);
  response.writeHead(200, {
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(body),
    'Cache-Control': 'no-store',
    'Access-Control-Allow-Origin': '*',
  });
  response.end(body);
}

async function peers(resource, size) {
  const length = await client.lLen(resource);
  if (size < 1) return [];
  if (size >= length) return client.lRange(resource, 0, -1);
  const start = Math.floor(Math.random() * length);
  const first = await client.lRange(resource, start, start + size - 1);
  if (first.length === size) return first;
  return first.concat(await client.lRange(resource, 0, size - first.length - 1));
}

const server = http.createServer((request, response) => {
  const url = new URL(request.url, 'http://tracker');
  const resource = url.searchParams.get('resourceID') || '';
  const answer =
    url.pathname === '/get_peers' ? peers(resource, parseInt(url.searchParams.get('size'), 10)) :
    url.pathname === '/get_total_count' ? client.lLen(resource) : Promise.reject();
  answer.then((value) => json(response, value), () => {
    response.writeHead(404, { 'Access-Control-Allow-Origin': '*' });
    response.end();
  });
});

client.connect().then(() => server.listen(port, '127.0.0.1'));
