import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { TargetError, looksAtOwnMachine, parseTarget } from './target.ts'

describe('parsing a target', () => {
  it.each([
    ['https://www.example.com', ['tls:www.example.com:443', 'http:https://www.example.com']],
    ['https://www.example.com:8443/app', ['tls:www.example.com:8443', 'http:https://www.example.com:8443/app']],
    ['https://[::1]:8443', ['tls:[::1]:8443', 'http:https://[::1]:8443']],
    ['http://localhost:3000', ['http:http://localhost:3000']],
    ['tls://mail.example.com:993', ['tls:mail.example.com:993']],
    ['tls://mail.example.com', ['tls:mail.example.com:443']],
    ['smtp://mail.example.com', ['tls:mail.example.com:25']],
    ['imap://mail.example.com:1143', ['tls:mail.example.com:1143']],
    ['postgres://app:secret@db.example.com/shop', ['postgres:db.example.com:5432/shop']],
    ['postgresql:///shop?host=/run/postgresql', ['postgres:/run/postgresql:5432/shop']],
    ['dns:Example.org.', ['dns:example.org']],
    ['app:postgres://looks:secret@db.example.com/shop', ['app:db.example.com:5432/shop']],
    [
      'app:postgres://looks:secret@db.example.com/shop https://staging.example.com/judge',
      ['app:db.example.com:5432/shop'],
    ],
    ['app:self', ['app']],
    ['host', ['host', 'versions:machine']],
    ['self', ['self']],
    ['git:/srv/code', ['git:/srv/code']],
    ['git:https://user:secret@git.example.com/a.git', ['git:https://git.example.com/a.git']],
    ['git:git@git.example.com:team/a.git', ['git:git.example.com:team/a.git']],
    ['status:https://status.example.com/api/v2/incidents.json', ['status:status.example.com/api/v2/incidents.json']],
    ['status:https://status.example.com/en.atom FSN1, Cloud Server', ['status:status.example.com/en.atom']],
    ['versions:nodejs@26.10.0,postgresql@18.4', ['versions:nodejs,postgresql']],
    ['dependencies:package-lock.json', ['dependencies:package-lock.json']],
    ['sarif:/srv/reports', ['sarif:/srv/reports']],
    ['load:/srv/load', ['load:/srv/load']],
    ['ocsf:/srv/results.ocsf.json', ['ocsf:/srv/results.ocsf.json']],
    ['prometheus:https://u:secret@metrics.example.com/prometheus', ['prometheus:metrics.example.com/prometheus']],
  ])('reads %s', (text, systems) => expect(parseTarget(text).map(({ system }) => system)).toEqual(systems))

  it('gives the settings that the connector needs', () => {
    expect(parseTarget('tls://mail.example.com:993')[0]?.settings).toEqual({ host: 'mail.example.com', port: 993 })
    expect(parseTarget('status:https://status.example.com/en.atom FSN1, Cloud Server')[0]?.settings).toEqual({
      feed: 'https://status.example.com/en.atom',
      components: ['FSN1', 'Cloud Server'],
    })
    expect(parseTarget('versions:nodejs@26.10.0')[0]?.settings).toEqual({
      components: [{ product: 'nodejs', version: '26.10.0' }],
    })
  })

  it.each([
    '',
    'example.com',
    'ftp://example.com',
    'https://',
    'tls:',
    'tls://host:99999',
    'postgres://',
    'dns:',
    'status:',
    'status:file:///etc/passwd',
    'status:https://user:secret@status.example.com/en.atom',
    'dns:not a domain',
    'git:',
    'git:--upload-pack=x',
    'versions:',
    'sarif:',
    'prometheus:9090',
    'versions:nodejs',
    'http://%',
  ])('refuses "%s" with a sentence that says what is accepted', (text) => {
    expect(() => parseTarget(text)).toThrow(TargetError)
    expect(() => parseTarget(text)).toThrow(/Accepted|Expected|written as|example/)
  })

  it('never repeats a credential, in a name or in a refusal', () => {
    const secret = 'k7Qz-secret'
    for (const text of [
      `https://u:${secret}@example.com`,
      `postgres://u:${secret}@db.example.com/a`,
      `git:https://${secret}@git.example.com/a`,
      `tls://u:${secret}@example.com:1`,
    ])
      expect(JSON.stringify(parseTarget(text).map(({ system }) => system))).not.toContain(secret)
    for (const text of [`ftp://u:${secret}@example.com`, `postgres://u:${secret}@`, `https://u:${secret}@exa mple`]) {
      const refusal = (() => {
        try {
          return JSON.stringify(parseTarget(text))
        } catch (error) {
          return String(error)
        }
      })()
      expect(refusal).toMatch(/TargetError/)
      expect(refusal).not.toContain(secret)
    }
  })

  it.each([
    ['host', true],
    ['self', true],
    ['app:self', true],
    ['app:postgres://looks:secret@db.example.com/shop', false],
    ['app:postgresql:///shop?host=/run/postgresql', true],
    ['versions:nodejs@26.10.0', false],
    ['git:/srv/code', true],
    ['git:../code', true],
    ['git:file:///srv/code', true],
    ['git:FILE:///srv/code', true],
    ['git:https://git.example.com/a.git', false],
    ['git:git@git.example.com:a.git', false],
    ['postgres://app@localhost/shop?host=/run/postgresql', true],
    ['postgres://app@db.example.com/shop', false],
    ['https://www.example.com', false],
    ['dns:example.com', false],
  ])('knows whether %s is the machine itself: %s', (text, expected) =>
    expect(parseTarget(text).some(looksAtOwnMachine)).toBe(expected),
  )

  it('takes what it cannot tell for the machine itself', () => {
    expect(looksAtOwnMachine({ connector: 'nothing', settings: {} })).toBe(true)
    expect(looksAtOwnMachine({ connector: 'git', settings: {} })).toBe(true)
    expect(
      looksAtOwnMachine({ connector: 'versions', settings: { components: [{ product: 'nginx', version: null }] } }),
    ).toBe(true)
  })

  it('reads a power supply and the ports of a host', () => {
    expect(parseTarget('ups:apc@nas.example.com')).toMatchObject([
      {
        connector: 'ups',
        settings: { name: 'apc', host: 'nas.example.com', port: 3493 },
        system: 'ups:apc@nas.example.com',
      },
    ])
    expect(parseTarget('ups:apc@[::1]:3500')).toMatchObject([{ settings: { host: '[::1]', port: 3500 } }])
    expect(parseTarget('ports:shop.example.com:80,443')).toMatchObject([
      { connector: 'ports', settings: { allowed: [80, 443] }, system: 'ports:shop.example.com' },
    ])
    expect(parseTarget('ports:shop.example.com:')).toMatchObject([{ settings: { allowed: [] } }])
    for (const text of ['ups:apc', 'ups:apc@h:99999', 'ports:shop.example.com', 'ports:h:0', 'ports:h:1-9'])
      expect(() => parseTarget(text)).toThrow(TargetError)
  })

  it('gives targets or a clear refusal for any text', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string().map((text) => `https://${text}`),
          fc.string().map((text) => `tls:${text}`),
        ),
        (text) => {
          try {
            expect(parseTarget(text).length).toBeGreaterThan(0)
          } catch (error) {
            expect(error).toBeInstanceOf(TargetError)
          }
        },
      ),
    )
  })
})
