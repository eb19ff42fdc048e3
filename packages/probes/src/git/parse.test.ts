import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isSbomPath, parseSbom, parseTags, readForgeManifest } from './parse.ts'
import { secretIn } from './secrets.ts'

describe('reading files of a repository', () => {
  it.each([
    ['bom.json', true],
    ['dist/sbom.json', true],
    ['app.cdx.json', true],
    ['app.spdx.json', true],
    ['package.json', false],
    ['node_modules/a/bom.json', false],
  ])('takes %s for a bill of materials: %s', (path, expected) => expect(isSbomPath(path)).toBe(expected))

  it('reads CycloneDX and SPDX, and says of anything else that it cannot be read', () => {
    expect(parseSbom('a', '{"bomFormat":"CycloneDX"}')).toMatchObject({ format: 'CycloneDX', components: 0, at: null })
    expect(parseSbom('a', '{"spdxVersion":"SPDX-2.3","packages":[{}]}')).toMatchObject({
      format: 'SPDX',
      components: 1,
    })
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(parseSbom('a', text).format).toBe('unreadable')
      }),
    )
  })

  it('keeps tags that look like versions, newest first', () => {
    const text =
      'v1.0.0\t2026-01-01T00:00:00+01:00\nnightly\t2026-05-01T00:00:00Z\napp-2.1\t2026-03-01T00:00:00Z\nbroken\n'
    expect(parseTags(text)).toEqual([
      { name: 'app-2.1', at: '2026-03-01T00:00:00.000Z' },
      { name: 'v1.0.0', at: '2025-12-31T23:00:00.000Z' },
    ])
  })

  it('reads scopes as list and as table, and addresses of every kind', () => {
    expect(
      readForgeManifest({
        permissions: {
          scopes: { 'read:b': {}, 'read:a': {} },
          external: { images: ['https://img.example.com'], scripts: ['https://cdn.example.com'] },
        },
      }),
    ).toEqual({
      scopes: ['read:a', 'read:b'],
      egress: [{ address: 'https://img.example.com', inScopeEndUserData: false }],
      content: ['https://cdn.example.com'],
      runtime: null,
    })
    expect(() => readForgeManifest({ permissions: { scopes: 5 } })).toThrow(/scopes/)
  })

  it('reads a remote once, by its address, also where functions name it by its key', () => {
    const { egress } = readForgeManifest({
      permissions: { external: { fetch: { backend: [{ remote: 'api' }], client: ['https://b.example.com'] } } },
      remotes: [{ key: 'api', baseUrl: 'https://a.example.com' }, { key: 'chosen-by-the-customer' }],
    })
    expect(egress.map(({ address }) => address)).toEqual(['https://b.example.com', 'https://a.example.com'])
  })
})

describe('knowing a secret', () => {
  // Put together here, so that no scanner takes this file for the real thing.
  const made = (...parts: string[]) => parts.join('')
  it.each([
    ['private-key', made('-----BEGIN ', 'RSA PRIVATE KEY-----')],
    ['private-key', made('-----BEGIN ', 'OPENSSH PRIVATE KEY-----')],
    ['aws-access-key', made('AK', 'IA', 'ABCDEFGHIJKLMNOP')],
    ['github-token', made('gh', 's_', 'a'.repeat(36))],
    ['gitlab-token', made('gl', 'pat-', 'a'.repeat(20))],
    ['slack-token', made('xo', 'xb-', '1'.repeat(24))],
    ['stripe-key', made('sk_', 'live_', 'a'.repeat(24))],
    ['google-key', made('AI', 'za', 'a'.repeat(35))],
    ['npm-token', made('np', 'm_', 'a'.repeat(36))],
    ['azure-storage-key', made('Account', 'Key=', 'a'.repeat(86), '==')],
    ['age-key', made('AGE-', 'SECRET-KEY-1', 'A'.repeat(58))],
  ])('finds a %s', (rule, secret) => {
    expect(secretIn(`value = "${secret}"`)).toBe(rule)
  })

  it.each([
    '-----BEGIN PUBLIC KEY-----',
    '-----BEGIN CERTIFICATE-----',
    'password = "swordfish"',
    'ghp_short',
    'sk_test_aaaaaaaaaaaaaaaaaaaaaaaa',
    'AKIA',
    'xoxb-',
  ])('leaves "%s" alone', (line) => expect(secretIn(line)).toBeUndefined())
})
