import { describe, expect, it } from 'vitest'
import { domainOf, hostOf, judge, patienceMs } from './site.ts'

describe('a domain', () => {
  it.each([
    ['trust.example.com', 'trust.example.com'],
    ['  Trust.EXAMPLE.com. ', 'trust.example.com'],
    ['trust.münchen.example', 'trust.xn--mnchen-3ya.example'],
    ['TRUST.XN--MNCHEN-3YA.example', 'trust.xn--mnchen-3ya.example'],
    ['ｔｒｕｓｔ.example.com', 'trust.example.com'],
  ])('is taken as DNS knows it: %s', (typed, domain) => {
    expect(domainOf(typed)).toBe(domain)
  })

  it.each([
    'localhost',
    'example',
    '192.0.2.1',
    '[2001:db8::1]',
    '0x7f.1',
    'trust.example.com:443',
    'https://trust.example.com',
    'trust.example.com/x',
    'a@trust.example.com',
    'trust..example.com',
    '-a.example.com',
    'a_b.example.com',
    '*.example.com',
    'trust.local',
    'db.internal',
    'trust.localhost',
    'x.onion',
    '2.0.192.in-addr.arpa',
    `${'a'.repeat(64)}.example.com`,
    `${'a.'.repeat(118)}com`,
    'trust.example.com\u0000',
    'trust.exam\u200bple.com\n.x',
    '',
  ])('is refused where nobody can own it, or it is none: %s', (typed) => {
    expect(domainOf(typed)).toBeNull()
  })
})

it.each([
  ['trust.example.com', 'trust.example.com'],
  ['Trust.Example.com:8443', 'trust.example.com'],
  ['trust.example.com.:443', 'trust.example.com'],
  ['[::1]:80', null],
  ['a b', null],
  ['a@b', null],
  ['a.example, b.example', null],
  ['', null],
  [null, null],
])('the host %s is %s', (header, host) => {
  expect(hostOf(header)).toBe(host)
})

describe('a look', () => {
  const now = new Date('2026-11-22T08:00:00Z')
  const site = (state: 'waiting' | 'proven' | 'lost', ago = 0) => ({
    state,
    challenge: 'art32=1',
    provenAt: state === 'waiting' ? null : new Date(now.getTime() - ago),
  })

  it.each([
    [site('waiting'), ['v=spf1', 'art32=1'], 'proven', null],
    [site('lost'), ['art32=1'], 'proven', null],
    [site('waiting'), [], 'waiting', 'missing'],
    [site('waiting'), ['art32=2'], 'waiting', 'other'],
    [site('proven'), [], 'lost', 'missing'],
    [site('proven'), ['art32=12'], 'lost', 'other'],
    // That nobody could be asked says nothing, for some days.
    [site('proven', patienceMs - 1), null, 'proven', 'unreachable'],
    [site('proven', patienceMs + 1), null, 'lost', 'unreachable'],
    [site('waiting'), null, 'waiting', 'unreachable'],
    [site('lost', patienceMs + 1), null, 'lost', 'unreachable'],
  ] as const)('%j with %j is %s', (before, found, state, problem) => {
    expect(judge(before, found, now)).toEqual({ state, problem })
  })
})
