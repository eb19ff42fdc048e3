import type { Attack } from './attack.ts'
import { statuses } from './smuggling.ts'

/** What comes behind each in the same go, and must not be looked at. */
const inner = 'GET /api/behind-canary HTTP/1.1\r\nHost: localhost\r\n\r\n'
const get = (host: string, target = '/health', version = '1.1') =>
  `GET ${target} HTTP/${version}\r\n${host}\r\n${inner}`
const tooMany = 'X:\r\n'.repeat(2_500)

/** Requests that a proxy in front could take to one host, and art32 to another (RFC 9112, 3.2). */
const divided: Readonly<Record<string, string>> = {
  'two hosts': get('Host: localhost\r\nHost: evil.example\r\n'),
  'two hosts, the other way round': get('Host: evil.example\r\nHost: localhost\r\n'),
  'the same host twice': get('Host: localhost\r\nHost: localhost\r\n'),
  'two hosts in other letters': get('Host: localhost\r\nhOsT: evil.example\r\n'),
  'two hosts, one without a value': get('Host: localhost\r\nHost:\r\n'),
  'a second host behind thousands of lines': get(`Host: localhost\r\n${tooMany}Host: evil.example\r\n`),
  'two hosts of an old version': get('Host: localhost\r\nHost: evil.example\r\n', '/health', '1.0'),
  'two hosts that are sent with a body': `POST /api/account/setup HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}${inner}`,
  'a host without a value': get('Host:\r\n'),
  'two hosts in one line': get('Host: localhost, evil.example\r\n'),
  'two hosts in one line without a space': get('Host: localhost,evil.example\r\n'),
  'a host behind a name': get('Host: localhost@evil.example\r\n'),
  'a host with a path': get('Host: localhost/x\r\n'),
  'a host with a question': get('Host: localhost?x\r\n'),
  'a host with a backslash': get('Host: localhost\\evil.example\r\n'),
  'a host with a protocol': get('Host: http://localhost\r\n'),
  'a host with a port that is none': get('Host: localhost:99999\r\n'),
  'a host with a port in letters': get('Host: localhost:http\r\n'),
  'a host with two ports': get('Host: localhost:80:81\r\n'),
  'an address that is not closed': get('Host: [::1\r\n'),
  'no host, and a whole address': get('', 'http://localhost/health'),
  'a whole address of another host': get('Host: localhost\r\n', 'http://evil.example/health'),
  'a whole address with another port': get('Host: localhost\r\n', 'http://localhost:81/health'),
  'a whole address in capitals of another host': get('Host: localhost\r\n', 'HTTP://EVIL.EXAMPLE/health'),
  'a whole address of another host, of an old version': get('Host: localhost\r\n', 'http://evil.example/health', '1.0'),
  'a whole address with a name': get('Host: localhost\r\n', 'http://x@localhost/health'),
  'a whole address of another protocol': get('Host: localhost\r\n', 'ftp://localhost/health'),
}

/** Requests whose host is in order, in every spelling that is allowed. */
const united: Readonly<Record<string, string>> = Object.fromEntries(
  [
    ['Host: localhost', '/health', '1.1'],
    ['Host: LOCALHOST:80', '/health', '1.1'],
    ['Host: 127.0.0.1', '/health', '1.1'],
    ['Host: [::1]:3000', '/health', '1.1'],
    ['Host: localhost', '/health', '1.0'],
    ['Host: localhost', 'http://localhost/health', '1.1'],
    ['Host: LocalHost:80', 'http://localhost/health', '1.1'],
  ].map(([host, target, version]) => [
    `${host} for ${target}`,
    `GET ${target} HTTP/${version}\r\n${host}\r\nConnection: close\r\n\r\n`,
  ]),
)

/** Who names two hosts is led to one of them by a proxy in front, and to the other by art32. */
export const hosts: Attack = {
  id: 'hosts',
  title: 'no request names two hosts, or something that is none',
  weaken: [
    {
      file: 'apps/server/src/platform/listen.ts',
      from: 'if (!namesOneHost(request)) {',
      to: 'if (request.socket.destroyed) {',
    },
  ],
  async run(target, tally) {
    await tally.each(Object.entries(divided), async ([name, bytes]) => {
      const seen = statuses(await target.raw(bytes))
      return seen.join() === '400' ? null : `${name}: ${seen.join(', ')}`
    })
    await tally.each(Object.entries(united), async ([name, bytes]) => {
      const seen = statuses(await target.raw(bytes))
      return seen.join() === '200' ? null : `${name}: ${seen.join(', ')}`
    })
  },
}
