import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { forgeHistory } from '../forge/history.ts'
import { httpHistory } from '../http/history.ts'
import { postgresHistory } from '../postgres/history.ts'
import { connectors } from '../registry.ts'
import { tlsHistory } from '../tls/history.ts'
import { compare } from './compare.ts'
import type { Comparison } from './compare.ts'
import { sayChange } from './say-change.ts'

type Shape = Readonly<Record<string, unknown>>

/** Every place of facts with its format; lists are stepped through, as in a comparison. */
function placesOf(schema: unknown, place: string): { place: string; format: unknown }[] {
  if (typeof schema !== 'object' || schema === null) return []
  const { properties, items, anyOf, additionalProperties, format } = schema as Shape
  const inside = [
    ...Object.entries((properties ?? {}) as Shape).flatMap(([key, one]) => placesOf(one, `${place}.${key}`)),
    ...placesOf(items, place),
    ...(Array.isArray(anyOf) ? anyOf.flatMap((one) => placesOf(one, place)) : []),
    ...placesOf(additionalProperties, `${place}.*`),
  ]
  return [{ place, format }, ...inside]
}

const cases = connectors.map((connector) => {
  const places = Object.entries(connector.facts).flatMap(([group, schema]) =>
    placesOf(z.toJSONSchema(schema, { unrepresentable: 'any', io: 'output' }), group),
  )
  return [connector.id, connector.history, places] as const
})

describe('the history of', () => {
  it.each(cases)(
    '%s names places that its facts have',
    (_id, { volatile, lasting = [], ordered = [], named = {} }, places) => {
      const known = new Set(places.map(({ place }) => place))
      const fields = Object.entries(named).flatMap(([place, own]) => own.map((field) => `${place}.${field}`))
      const declared = [...volatile, ...lasting, ...ordered, ...Object.keys(named), ...fields]
      expect(declared.filter((place) => !known.has(place))).toEqual([])
    },
  )

  it.each(cases)(
    '%s says of every time whether it is an event or a term',
    (_id, { volatile, lasting = [] }, places) => {
      const times = places.filter(({ format }) => format === 'date-time').map(({ place }) => place)
      const isDeclared = (place: string) =>
        lasting.includes(place) || volatile.some((one) => place === one || place.startsWith(`${one}.`))
      expect([...new Set(times)].filter((place) => !isDeclared(place))).toEqual([])
    },
  )
})

const lines = (history: Comparison, group: string, before: unknown, after: unknown, language: 'en' | 'de' = 'en') =>
  compare(history, group, before, after).map((change) => sayChange(history, change)[language])

describe('a readable change', () => {
  const setting = (name: string, value: string | null, pendingRestart = false) => ({
    name,
    value,
    source: 'configuration file',
    pendingRestart,
  })

  it('of the configuration names the setting, before and after', () => {
    const before = [setting('ssl', 'on'), setting('work_mem', '4MB'), setting('app.key', null)]
    const after = [setting('work_mem', '64MB', true), setting('ssl', 'on'), setting('fsync', 'off')]
    expect(lines(postgresHistory, 'configuration', before, after)).toEqual([
      'app.key: … → default',
      'work_mem: 4MB → 64MB',
      'work_mem was changed and waits for a restart',
      'fsync: default → off',
    ])
    expect(lines(postgresHistory, 'configuration', after, before, 'de')).toContain('fsync: off → Standard')
  })

  it('of a database names table and column', () => {
    const schema = (...entries: string[]) => ({ hash: String(entries.length), objects: 1, detail: 'lines', entries })
    const before = schema(
      'column public.customer.email text',
      'grant public.customer to app SELECT',
      'table public.customer owner app',
    )
    const after = schema(
      'table public.customer owner app row security',
      'column public.customer.email character varying(200) not null',
      'column public.customer.phone text',
      'function public.f(a integer, b text) returns void sql v owner app #0123456789ab',
      'grant public.customer to app INSERT,SELECT',
      'index CREATE UNIQUE INDEX customer_email ON public.customer USING btree (email)',
    )
    expect(lines(postgresHistory, 'schema', before, after)).toEqual([
      'column public.customer.email: text → character varying(200) not null',
      'rights of app on public.customer: SELECT → INSERT,SELECT',
      'table public.customer: owner app → owner app row security',
      'Column phone added to table public.customer: text',
      'function public.f(a integer, b text) added: returns void sql v owner app #0123456789ab',
      'index customer_email added: CREATE UNIQUE INDEX customer_email ON public.customer USING btree (email)',
    ])
  })

  it('of a database too large for lines names the object', () => {
    const schema = (digest: string) => ({
      hash: digest,
      objects: 1,
      detail: 'objects',
      entries: [`public.customer #${digest} (9 lines)`],
    })
    expect(lines(postgresHistory, 'schema', schema('0123456789ab'), schema('ba9876543210'))).toEqual([
      'public.customer: #0123456789ab → #ba9876543210',
    ])
  })

  it('of one of two triggers of a name loses neither', () => {
    const schema = (...entries: string[]) => ({ hash: '', objects: 1, detail: 'lines', entries })
    const before = schema('trigger audit O CREATE TRIGGER audit ON a', 'trigger audit O CREATE TRIGGER audit ON b')
    const after = schema('trigger audit O CREATE TRIGGER audit ON a')
    expect(lines(postgresHistory, 'schema', before, after)).toEqual(['trigger audit on b removed'])
  })

  it('of a certificate names issuer, serial number and end', () => {
    const certificate = (serial: string, validTo: string, issuer = 'CN=Example CA') => ({
      host: 'example.com',
      nameMatches: true,
      chain: [
        { fingerprint256: serial, serial, issuer, validTo, validFrom: '2026-01-01T00:00:00.000Z' },
        {
          fingerprint256: 'ca',
          serial: 'ca',
          issuer: 'CN=Root',
          validTo: '2036-01-01T00:00:00.000Z',
          validFrom: '2016-01-01T00:00:00.000Z',
        },
      ],
      anchor: 'trusted',
    })
    expect(
      lines(
        tlsHistory,
        'certificate',
        certificate('01', '2026-12-01T00:00:00.000Z'),
        certificate('02', '2027-03-01T00:00:00.000Z', 'CN=Other CA'),
      ),
    ).toEqual([
      'Certificate: fingerprint 01 → 02',
      'Certificate: serial number 01 → 02',
      'Certificate: issuer CN=Example CA → CN=Other CA',
      'Certificate: valid until 2026-12-01 → 2027-03-01',
    ])
  })

  it('of a manifest names scope, egress host and module', () => {
    const deployed = (scopes: string[], address: string) => ({
      version: '1',
      scopes,
      egress: [{ address, inScopeEndUserData: false }],
      modules: [],
    })
    expect(
      lines(
        forgeHistory,
        'deployed',
        deployed(['read:jira-work'], 'api.example.com'),
        deployed(['read:jira-work', 'write:jira-work'], 'other.example'),
      ),
    ).toEqual([
      'Scope added in what is deployed: write:jira-work',
      'Egress host removed in what is deployed: api.example.com',
      'Egress host added in what is deployed: other.example',
    ])
  })

  it('is none where a page uses a number once', () => {
    const page = (nonce: string) => ({ headers: { 'content-security-policy': `script-src 'nonce-${nonce}'` } })
    expect(lines(httpHistory, 'page', page('abc'), page('def'))).toEqual([])
    expect(lines(httpHistory, 'page', page('abc'), { headers: {} })).toHaveLength(1)
  })
})
