import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { judge } from '../engine/judge.ts'
import { seen } from '../engine/reading.ts'
import { examined } from '../testing/examined.ts'
import { httpCookies } from './checks/cookies.ts'
import { httpHeaders } from './checks/headers.ts'
import { httpHsts } from './checks/hsts.ts'
import { httpRedirect } from './checks/redirect.ts'
import { httpFacts, keptHeaders } from './facts.ts'
import { parseCookie } from './parse.ts'

/*
 * Our verdicts beside those of the HTTP observatory of MDN over the same answers. Its verdicts were written into the table by
 * scripts/observatory.ts, which says how to do it again with a newer version.
 */

const Table = z.object({
  source: z.object({ package: z.string(), version: z.string(), licence: z.string() }),
  cases: z.array(
    z.object({
      test: z.string(),
      name: z.string(),
      headers: z.partialRecord(z.enum([...keptHeaders, 'content-security-policy-report-only']), z.string()),
      cookies: z.array(z.string()).default([]),
      route: z
        .array(z.object({ url: z.url(), status: z.int() }))
        .nullable()
        .default(null),
      observatory: z.object({ result: z.string(), pass: z.boolean() }),
    }),
  ),
})
const table = Table.parse(JSON.parse(readFileSync(new URL('observatory.json', import.meta.url), 'utf8')))

/** Where we find fault and the observatory does not, and why. */
const stricter: Readonly<Record<string, string>> = {
  'strict-transport-security leaves subdomains out': 'a subdomain in the clear can set cookies for the whole domain',
  'strict-transport-security holds for six months': 'a year is asked for, as by OWASP ASVS; a parameter changes it',
  'x-frame-options names one site': 'no browser knows ALLOW-FROM any more: everybody may frame',
  'x-frame-options is a policy that lets everybody': 'the observatory asks only whether the directive is there',
  'x-frame-options is a policy that lets every https site': 'the observatory asks only whether the directive is there',
  'x-frame-options is undone by a policy': 'browsers disregard the option where a policy speaks of frames',
  'referrer-policy is missing': 'OWASP ASVS 14.4.6 asks for the header; not every browser has a safe default',
  'cookies of a session lack SameSite': 'each cookie is asked for SameSite, since the defaults of browsers differ',
  'cookies without a session lack HttpOnly': 'a name does not tell whether a cookie is a session',
  'cookies go to every site': 'SameSite=None guards nothing',
  'redirection leads to https for now': 'a browser asks in the clear again where the redirect is for now',
}

/** Where the observatory finds fault and we do not, and why. */
const milder: Readonly<Record<string, string>> = {
  'strict-transport-security is sent twice':
    'browsers take the first of two headers (RFC 6797 §8.1), and so do we; two of them cannot be told from one with a comma',
  'referrer-policy is origin': 'other sites learn the host only, never the path that OWASP ASVS 14.4.6 is about',
  'referrer-policy is origin-when-cross-origin': 'other sites learn the host only, as above',
  'content-security-policy trusts what scripts load, and trusts none':
    'browsers disregard all hosts beside strict-dynamic: no script runs at all, which breaks the page and opens nothing',
  'content-security-policy lets code be made of text': 'it brings no foreign script in; many frameworks need it',
  'content-security-policy leaves plugins open': 'browsers have no plugins any more; what is left is framed content',
  'content-security-policy lets connections in the clear': 'browsers block them on a page that came over https',
  'content-security-policy names scripts twice': 'browsers take the first and disregard the second',
  'content-security-policy is two, of which one restricts': 'both are enforced; the observatory takes them for one',
  'redirection leads to www': 'the same site, as most are set up; HSTS of the first host is judged by itself',
}

/** Whether we find fault with an answer. */
function findsFault({ test, headers, cookies, route }: (typeof table.cases)[number]): boolean {
  const last = route?.at(1)
  const leadsTo = last === undefined ? null : new URL(last.url)
  const facts = {
    page: httpFacts.page.parse({
      scheme: 'https',
      host: 'example.com',
      status: 200,
      hops: 0,
      headers: Object.fromEntries(
        Object.entries(headers).filter(([name]) => keptHeaders.some((kept) => kept === name)),
      ),
      firstHsts: headers['strict-transport-security'] ?? null,
    }),
    cookies: httpFacts.cookies.parse(cookies.map(parseCookie)),
    plain: httpFacts.plain.parse({
      answer: route === null ? 'closed' : leadsTo === null ? 'content' : 'redirect',
      status: route?.[0]?.status ?? null,
      leadsTo: leadsTo === null ? null : { scheme: leadsTo.protocol.slice(0, -1), host: leadsTo.hostname },
      host: 'example.com',
    }),
  }
  const groups = Object.fromEntries(Object.entries(facts).map(([name, group]) => [name, seen<unknown>(group)]))
  const reading = { ...seen(groups), at: examined.toISOString(), source: 'test' }
  const [check, subject] = {
    'strict-transport-security': [httpHsts, undefined] as const,
    'x-content-type-options': [httpHeaders, 'content-type'] as const,
    'x-frame-options': [httpHeaders, 'frame'] as const,
    'referrer-policy': [httpHeaders, 'referrer'] as const,
    'content-security-policy': [httpHeaders, 'policy'] as const,
    cookies: [httpCookies, undefined] as const,
    redirection: [httpRedirect, undefined] as const,
  }[test] ?? [httpRedirect, 'unknown test']
  const outcomes = judge(check, reading, { system: 'test', now: examined }).filter(
    (outcome) => subject === undefined || outcome.subject === subject,
  )
  expect(outcomes.length).toBeGreaterThan(0)
  expect(outcomes.map(({ state }) => state)).not.toContain('not-evaluated')
  return outcomes.some(({ state }) => state === 'fail')
}

describe(`beside ${table.source.package} ${table.source.version}`, () => {
  it.each(table.cases.map((one) => [`${one.test} ${one.name}`, one] as const))('%s', (name, one) => {
    const ours = findsFault(one)
    const theirs = !one.observatory.pass
    const said = ours === theirs ? 'the same' : ours ? 'stricter' : 'milder'
    expect(said).toBe(name in stricter ? 'stricter' : name in milder ? 'milder' : 'the same')
  })

  it('lists no difference that is none, and asks about every header both judge', () => {
    const names = table.cases.map(({ test, name }) => `${test} ${name}`)
    expect([...Object.keys(stricter), ...Object.keys(milder)].filter((name) => !names.includes(name))).toEqual([])
    expect(new Set(names).size).toBe(names.length)
    expect(table.cases.length).toBeGreaterThan(80)
  })
})
