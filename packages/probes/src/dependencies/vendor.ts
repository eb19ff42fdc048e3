import type { ListenAt } from '../testing/servers.ts'
import { startVendor } from '../testing/vendor.ts'
import type { VendorServer } from '../testing/vendor.ts'
import { description } from './description.ts'

/** A record of GitHub as OSV gives it, with one package and one range. */
export const record = (id: string, name: string, fixed: string, more: Readonly<Record<string, unknown>> = {}) => ({
  schema_version: '1.7.3',
  id,
  modified: '2026-09-02T08:00:00.000000Z',
  published: '2026-09-01T08:00:00Z',
  aliases: [],
  summary: 'A weakness that exists in tests only',
  severity: [{ type: 'CVSS_V3', score: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H' }],
  affected: [
    {
      package: { name, ecosystem: 'npm', purl: `pkg:npm/${name}` },
      ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed }] }],
      database_specific: { source: 'https://example.com/advisory.json' },
    },
  ],
  database_specific: { severity: 'CRITICAL', cwe_ids: ['CWE-79'], github_reviewed: true, nvd_published_at: null },
  references: [{ type: 'ADVISORY', url: 'https://example.com/advisory' }],
  ...more,
})

export const records = new Map(
  [
    record('GHSA-aaaa-aaaa-aaaa', 'weak', '1.2.0', { aliases: ['CVE-2026-0001'] }),
    record('GHSA-bbbb-bbbb-bbbb', 'weak', '1.2.0', { withdrawn: '2026-09-03T00:00:00Z' }),
    record('GHSA-cccc-cccc-cccc', 'paged', '3.0.0', {
      severity: [{ type: 'CVSS_V4', score: 'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:N/VA:N/SC:N/SI:N/SA:N' }],
      database_specific: { severity: 'HIGH' },
    }),
    record('MAL-2026-1', 'evil', '9.0.0', { severity: undefined, database_specific: {} }),
    record('GHSA-dddd-dddd-dddd', 'audited', '5.0.0'),
  ].map((one) => [one.id, one]),
)

/** OSV answers by package; for `paged` the second page has it. */
function answerQuery(query: unknown): object {
  const { package: known, page_token: page } = query as { package: { name: string }; page_token?: string }
  if (known.name === 'paged')
    return page === undefined ? { next_page_token: 'more' } : { vulns: [{ id: 'GHSA-cccc-cccc-cccc' }] }
  const ids = { weak: ['GHSA-aaaa-aaaa-aaaa', 'GHSA-bbbb-bbbb-bbbb'], evil: ['MAL-2026-1'] }[known.name]
  return ids === undefined ? {} : { vulns: ids.map((id) => ({ id, modified: '2026-09-02T08:00:00.000000Z' })) }
}

/** A server that speaks as OSV and as the npm registry do. */
export function startSupply(at?: ListenAt): Promise<VendorServer> {
  return startVendor({
    description,
    at,
    isAuthorised: () => true,
    answers: {
      'POST /v1/querybatch': ({ body }) => {
        const { queries } = body as { queries: unknown[] }
        if (queries.length > 1_000) return { status: 400, json: { code: 3, message: 'Too many queries.' } }
        return { results: queries.map(answerQuery) }
      },
      'GET /v1/vulns/{id}': ({ params }) =>
        records.get(params['id'] ?? '') ?? { status: 404, json: { code: 5, message: 'Bug not found.' } },
      'GET /{package}': ({ params }) => ({
        name: params['package'],
        time: {
          created: '2026-01-01T00:00:00.000Z',
          '1.0.0': '2026-01-01T00:00:00.000Z',
          '1.1.0-rc.1': '2026-01-15T00:00:00.000Z',
          '1.1.0': '2026-02-01T00:00:00.000Z',
          '1.2.0': '2026-10-01T00:00:00.000Z',
          '2.0.0': '2026-03-01T00:00:00.000Z',
        },
      }),
    },
  })
}
