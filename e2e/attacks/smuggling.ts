import type { Attack, Tally } from './attack.ts'
import type { Target } from './target.ts'

/** Stands in the path of the request that is hidden in another. */
const hidden = '/api/smuggled-canary'
const post = 'POST /api/account/setup HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n'
const inner = `GET ${hidden} HTTP/1.1\r\nHost: localhost\r\n\r\n`

/** Requests whose end one reader could see elsewhere than another: with what hides a second request behind it. */
const crooked: Readonly<Record<string, string>> = {
  'both lengths': `${post}Content-Length: ${5 + inner.length}\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${inner}`,
  'both lengths, the other way round': `${post}Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n5\r\nabcde\r\n0\r\n\r\n${inner}`,
  'two lengths': `${post}Content-Length: 2\r\nContent-Length: ${2 + inner.length}\r\n\r\n{}${inner}`,
  'two lengths in one line': `${post}Content-Length: 2, ${2 + inner.length}\r\n\r\n{}${inner}`,
  'a length with a sign': `${post}Content-Length: +2\r\n\r\n{}${inner}`,
  'a length in hexadecimal': `${post}Content-Length: 0x2\r\n\r\n{}${inner}`,
  'a length below nothing': `${post}Content-Length: -1\r\n\r\n${inner}`,
  'a length beyond all numbers': `${post}Content-Length: 99999999999999999999\r\n\r\n${inner}`,
  'a coding with a space before the colon': `${post}Transfer-Encoding : chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n${inner}`,
  'a coding in another dress': `${post}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n${inner}`,
  'a coding twice': `${post}Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n${inner}`,
  'a coding that is not the last': `${post}Transfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n${inner}`,
  'a coding behind a vertical tab': `${post}Transfer-Encoding:\u000bchunked\r\n\r\n0\r\n\r\n${inner}`,
  'a coding behind a bare line feed': `${post}X: y\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n${inner}`,
  'a coding behind a bare carriage return': `${post}X: y\rTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n${inner}`,
  'a folded line': `${post}Transfer-Encoding:\r\n chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n${inner}`,
  'a chunk of no number': `${post}Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n${inner}`,
  'a chunk below nothing': `${post}Transfer-Encoding: chunked\r\n\r\n-1\r\n{}\r\n0\r\n\r\n${inner}`,
  'a chunk in hexadecimal dress': `${post}Transfer-Encoding: chunked\r\n\r\n0x2\r\n{}\r\n0\r\n\r\n${inner}`,
  'a chunk that overflows': `${post}Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n{}\r\n0\r\n\r\n${inner}`,
  'a chunk without its end': `${post}Transfer-Encoding: chunked\r\n\r\n2\r\n{}xx0\r\n\r\n${inner}`,
  'chunks that end in line feeds': `${post}Transfer-Encoding: chunked\r\n\r\n2\n{}\n0\n\n${inner}`,
  'a header with NUL': `${post}X: a\u0000b\r\nContent-Length: 2\r\n\r\n{}${inner}`,
  'a header without a name': `${post}: x\r\nContent-Length: 2\r\n\r\n{}${inner}`,
  'a header with a space in its name': `${post}Content Length: 2\r\n\r\n{}${inner}`,
  'no host': `POST /api/account/setup HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}${inner}`,
  'a method that is none': `PO\u0000ST / HTTP/1.1\r\nHost: localhost\r\n\r\n${inner}`,
  'a version that is none': `GET / HTTP/9.9\r\nHost: localhost\r\n\r\n${inner}`,
  'an old version with chunks': `POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${inner}`,
}

/** Heads that nobody needs to read. */
const endless: Readonly<Record<string, string>> = {
  'ten thousand headers': `GET / HTTP/1.1\r\nHost: localhost\r\n${'X: y\r\n'.repeat(10_000)}\r\n`,
  'a header of 64 KiB': `GET / HTTP/1.1\r\nHost: localhost\r\nX: ${'y'.repeat(65_536)}\r\n\r\n`,
  'an address of 64 KiB': `GET /${'y'.repeat(65_536)} HTTP/1.1\r\nHost: localhost\r\n\r\n`,
}

/** Every status in what came over a connection. */
export const statuses = (answer: string): number[] =>
  [...answer.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status))

/** A proxy in front could see one request where art32 sees two. */
export const smuggling: Attack = {
  id: 'smuggling',
  title: 'no request hides in another, and no head is read without end',
  weaken: [
    {
      file: 'apps/server/src/platform/listen.ts',
      from: "import { createServer } from 'node:http'",
      to: "import { createServer as strict } from 'node:http'\nconst createServer = (options = {}) => strict({ ...options, insecureHTTPParser: true })",
    },
  ],
  async run(target, tally) {
    await tally.each(Object.entries(crooked), async ([name, bytes]) => {
      const seen = statuses(await target.raw(bytes))
      // One refusal, and the connection ends: what comes behind it is not looked at.
      return seen.length === 1 && [400, 411, 413, 501, 505].includes(seen[0] ?? 0)
        ? null
        : `${name}: ${seen.join(', ')}`
    })
    await tally.each(Object.entries(endless), async ([name, bytes]) => {
      const seen = statuses(await target.raw(bytes))
      return seen.length === 1 && [400, 414, 431].includes(seen[0] ?? 0) ? null : `${name}: ${seen.join(', ')}`
    })
    await pipelined(target, tally)
  },
}

/** Several requests in one go are answered each, in their order. */
async function pipelined(target: Target, tally: Tally): Promise<void> {
  const many = 20
  const requests = Array.from({ length: many }, (_, n) =>
    n % 2 === 0
      ? 'GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n'
      : `GET ${hidden} HTTP/1.1\r\nHost: localhost\r\n${n === many - 1 ? 'Connection: close\r\n' : ''}\r\n`,
  )
  const seen = statuses(await target.raw(requests.join('')))
  const wanted = requests.map((_, n) => (n % 2 === 0 ? 200 : 404))
  tally.add(seen.join() === wanted.join() ? null : `pipelined: ${seen.join(', ')}`)
}
