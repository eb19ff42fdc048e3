import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { daysAgo, nightly } from './connection.ts'

/** Reports that programs would have written on the machines of Kestrel Software, by their paths. */
export type Files = {
  readonly backups: string
  readonly runs: string
  readonly vpn: string
  readonly load: string
  readonly ocsf: string
  readonly sarif: string
  readonly lockfile: string
  readonly outdated: string
  /** The commit that was analysed and deployed. */
  readonly revision: string
  /** Writes all of them with the time of now, as the programs would. */
  readonly refresh: () => void
}

/** So long a status of OpenVPN counts; the others are written daily. */
export const refreshMs = 120_000

const revision = '5d3c1a7e9b2f4c6d8e0a1b3c5d7e9f1a2b4c6d8e'
const sources = [
  { source: 'kestrel-db', tenant: 'acorn', bytes: 48_000_000 },
  { source: 'kestrel-db', tenant: 'beech', bytes: 31_000_000 },
]

/** Writes the reports into a folder. */
export function writeFiles(folder: string): Files {
  mkdirSync(folder, { recursive: true })
  const path = (name: string) => join(folder, name)
  const contents: Readonly<Record<string, () => string>> = {
    'restic-snapshots.json': () => JSON.stringify(snapshots()),
    'backup-runs.jsonl': () =>
      `${runs()
        .map((one) => JSON.stringify(one))
        .join('\n')}\n`,
    'openvpn-status.log': vpnStatus,
    'k6-summary.json': () => JSON.stringify(loadTest),
    'prowler.ocsf.json': () => JSON.stringify(results()),
    'analysis.sarif': () => JSON.stringify(analysis()),
    'package-lock.json': () => JSON.stringify(lockfile),
    'npm-outdated.json': () => '{}',
  }
  const refresh = () => {
    for (const [name, content] of Object.entries(contents)) {
      // Whoever looks sees the old file or the new one, never half of one.
      writeFileSync(`${path(name)}.new`, content())
      renameSync(`${path(name)}.new`, path(name))
    }
  }
  refresh()
  return {
    backups: path('restic-snapshots.json'),
    runs: path('backup-runs.jsonl'),
    vpn: path('openvpn-status.log'),
    load: path('k6-summary.json'),
    ocsf: path('prowler.ocsf.json'),
    sarif: path('analysis.sarif'),
    lockfile: path('package-lock.json'),
    outdated: path('npm-outdated.json'),
    revision,
    refresh,
  }
}

const nights = Array.from({ length: 20 }, (_value, index) => index)

/** Sizes differ a little from night to night, as they do. */
const sizeOf = (bytes: number, night: number) => bytes - night * 120_000

function snapshots(): object[] {
  return nights.flatMap((night) =>
    sources.map(({ source, tenant, bytes }) => ({
      id: `${tenant}-${night}`,
      time: nightly(night),
      hostname: 'db-1',
      paths: ['/srv/dump'],
      tags: [`source:${source}`, `tenant:${tenant}`],
      summary: {
        backup_start: nightly(night),
        backup_end: nightly(night),
        total_bytes_processed: sizeOf(bytes, night),
      },
    })),
  )
}

function runs(): object[] {
  const backups = nights.toReversed().flatMap((night) =>
    sources.map(({ source, tenant, bytes }) => ({
      job: 'backup',
      at: nightly(night),
      exit: 0,
      source,
      tenant,
      seconds: 240,
      bytes: sizeOf(bytes, night),
    })),
  )
  return [...backups, { job: 'check', at: daysAgo(6), exit: 0 }]
}

function vpnStatus(): string {
  const now = Math.floor(Date.now() / 1000)
  const since = now - 86_400
  return [
    'TITLE,OpenVPN 2.6.14',
    `TIME,${new Date(now * 1000).toISOString().slice(0, 19)},${now}`,
    'HEADER,CLIENT_LIST,Common Name,Real Address,Bytes Received,Bytes Sent,Connected Since,Connected Since (time_t)',
    `CLIENT_LIST,office,192.0.2.7:1194,1000,1000,yesterday,${since}`,
    `CLIENT_LIST,on-call,192.0.2.8:1194,1000,1000,yesterday,${since}`,
    'END',
    '',
  ].join('\n')
}

const loadTest = {
  metrics: {
    http_reqs: { values: { count: 120_000, rate: 400 } },
    http_req_failed: { values: { rate: 0.0002 }, thresholds: { 'rate<0.01': { ok: true } } },
    http_req_duration: { values: { 'p(95)': 180 }, thresholds: { 'p(95)<500': { ok: true } } },
  },
}

function results(): object[] {
  return ['server_firewall_attached', 'volume_encrypted', 'certificate_renewed'].map((control) => ({
    class_uid: 2003,
    time_dt: daysAgo(1),
    severity_id: 3,
    status_id: 1,
    status_code: 'PASS',
    metadata: { event_code: control, product: { name: 'Prowler', version: '5.0' } },
    finding_info: { uid: control },
    compliance: { control, status_id: 1 },
  }))
}

function analysis(): object {
  return {
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'Semgrep', rules: [] } },
        invocations: [{ executionSuccessful: true, endTimeUtc: daysAgo(10.5) }],
        versionControlProvenance: [{ revisionId: revision }],
        results: [],
      },
    ],
  }
}

const lockfile = {
  name: 'kestrel',
  version: '7.4.0',
  lockfileVersion: 3,
  packages: {
    '': { name: 'kestrel', version: '7.4.0' },
    'node_modules/steady': { version: '2.1.0' },
    'node_modules/solid': { version: '4.0.3' },
  },
}
