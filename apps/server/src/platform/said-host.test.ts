import { describe, expect, it } from 'vitest'
import { namesOneHost } from './said-host.ts'

const asked = (hosts: readonly string[], url = '/', name = 'Host') =>
  namesOneHost({ url, rawHeaders: ['Accept', 'host', ...hosts.flatMap((host) => [name, host]), 'X', 'Host'] })

describe('a request', () => {
  it.each([
    'localhost',
    'LOCALHOST:3000',
    'toms.example.com',
    'toms.example.com.',
    'toms.example.com:',
    'xn--mnchen-3ya.example',
    'under_score.example',
    '127.0.0.1:65535',
    '[::1]',
    '[2001:db8::1]:443',
  ])('may name the host %s', (host) => {
    expect(asked([host])).toBe(true)
    expect(asked([host], '/', 'hOST')).toBe(true)
  })

  it.each([
    '',
    ' ',
    'a b',
    'a,b',
    'a, b',
    'a@b',
    'a/b',
    'a?b',
    'a#b',
    'a\\b',
    'a%00',
    'a%2eb',
    'http://a',
    'a:b',
    'a:1:2',
    'a:-1',
    'a:+1',
    'a:65536',
    'a:100000',
    ':80',
    '[::1',
    '::1',
    '[::1]x',
    '[:::1]',
    '[v1.x]',
    '256.256.256.256',
    'xn--a.example\u0000',
    'b\u00fccher.example',
  ])('may not name the host %j', (host) => {
    expect(asked([host])).toBe(false)
  })

  it('names no second one, not even the same', () => {
    for (const hosts of [
      ['a.example', 'b.example'],
      ['a.example', 'a.example'],
      ['a.example', ''],
    ])
      expect(asked(hosts)).toBe(false)
    expect(namesOneHost({ url: '/', rawHeaders: ['HOST', 'a.example', 'host', 'a.example'] })).toBe(false)
  })

  it('names the same in its first line, in any spelling', () => {
    for (const [url, host] of [
      ['http://a.example/x', 'a.example'],
      ['http://A.example:80/x', 'a.EXAMPLE'],
      ['http://a.example', 'a.example:80'],
      ['https://a.example:443/', 'a.example'],
      ['https://a.example:8443/', 'a.example:8443'],
      ['*', 'a.example'],
    ] as const)
      expect([url, asked([host], url)]).toEqual([url, true])
    for (const url of [
      'http://b.example/x',
      'http://a.example.b.example/',
      'http://a.example:81/',
      'https://a.example:80/',
      'http://b.example@a.example/',
      'http://a.example@b.example/',
      'ftp://a.example/',
      'a.example',
      'a.example:80',
      'http:a.example',
      'http:///x',
      '',
    ])
      expect([url, asked(['a.example'], url)]).toEqual([url, false])
  })

  it('of an old version may name none', () => {
    expect([asked([]), asked([], 'http://a.example/')]).toEqual([true, true])
  })
})
