import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PlanError, readPlan } from './plan.ts'

const whole = `format: art32.drill-plan/1
drill: shop-db
backup:
  kind: restic
  repository: sftp:backup@nas.example.com:/srv/shop
  password: \${RESTIC_PASSWORD}
  dump: var/backups/shop.dump
scratch:
  database: \${SCRATCH}
production: [db.example.com]
expect:
  tables:
    - { table: orders, rows: 1000 }
  newest:
    - { table: shop.orders, column: placed_at, atMost: PT26H }
  files:
    - { path: etc/shop.conf, atLeastBytes: 10 }
allowed: { rto: PT4H, rpo: PT26H }
`
const environment = { RESTIC_PASSWORD: 'quiet-heron', SCRATCH: 'postgres://postgres@localhost/postgres' }
const refusal = (text: string, given: Record<string, string> = environment) => {
  try {
    readPlan(text, given)
  } catch (error) {
    if (error instanceof PlanError) return error.message
    throw error
  }
  return 'it was taken'
}

it('takes secrets from the environment, and its hash from the text without them', () => {
  const plan = readPlan(whole, environment)
  expect(plan).toMatchObject({
    drill: 'shop-db',
    backup: { password: 'quiet-heron' },
    allowed: { rto: 14_400, rpo: 93_600 },
    expect: { tables: [{ table: 'public.orders', rows: 1_000 }] },
    limits: { minutes: 60, gigabytes: 20 },
  })
  expect(readPlan(whole, { ...environment, RESTIC_PASSWORD: 'other' }).sha256).toBe(plan.sha256)
  expect(readPlan(`${whole}# asks less\n`, environment).sha256).not.toBe(plan.sha256)
})

describe('a plan is refused', () => {
  it.each([
    ['where a variable is not set', whole, 'Line 6: the environment has no variable RESTIC_PASSWORD.', {}],
    ['with an unknown field', whole.replace('drill: shop-db', 'drill: shop-db\nnotify: me'), 'unknown: notify'],
    ['with an unknown kind', whole.replace('kind: restic', 'kind: rsync'), 'Line 4: backup.kind: takes postgres-dump'],
    ['with a duration in words', whole.replace('rto: PT4H', 'rto: 4 hours'), 'Line 18: allowed.rto takes a duration'],
    ['that expects nothing', whole.replace(/expect:[\s\S]*allowed/, 'expect: {}\nallowed'), 'compared with nothing'],
    [
      'with a path out of the scratch place',
      whole.replace('etc/shop.conf', '../../etc/passwd'),
      'Line 17: expect.files.0.path',
    ],
    ['with an absolute path inside', whole.replace('var/backups', '/var/backups'), 'Line 7: backup.dump'],
    [
      'with an option for a path',
      whole.replace('sftp:backup@nas.example.com:/srv/shop', '--password-command=touch /tmp/x'),
      'Line 5: backup.repository must not begin with a dash',
    ],
    [
      'with a control character',
      whole.replace('table: orders', 'table: "orders\\0"'),
      'Line 13: expect.tables.0.table has a control character',
    ],
    [
      'with a query that asks for nothing',
      whole.replace('  files:', '  queries:\n    - { name: a, query: select 1 }\n  files:'),
      'Line 17: expect.queries.0 needs equals, atLeast or atMost.',
    ],
    ['that is no YAML', 'format: [', 'Line 1: this is neither YAML nor JSON.'],
    [
      'with an alias',
      whole.replace('production: [db.example.com]', 'production: &a [x, *a]'),
      'anchors and aliases are not taken',
    ],
    ['with the same field twice', `${whole}drill: other\n`, 'Line 19'],
    ['without end', 'x'.repeat(300_000), '256 KiB'],
    ['that is empty', '', 'the plan: is missing, or not object.'],
  ] as [string, string, string, Record<string, string>?][])('%s', (_why, text, says, given) => {
    expect(refusal(text, given)).toContain(says)
  })

  it('without repeating a secret', () => {
    const said = refusal(whole.replace('sftp:backup@nas.example.com:/srv/shop', '"-quiet-heron"'))
    expect(said).toContain('Line 5')
    expect(said).not.toContain('quiet-heron')
  })

  it('or read, whatever stands in it', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), (text) => {
        expect(typeof refusal(text)).toBe('string')
      }),
    )
  })
})
