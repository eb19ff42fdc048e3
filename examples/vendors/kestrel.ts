/**
 * What the second example provider has connected: Kestrel Software, which runs a hosted service on rented machines. Its
 * vendors are strict servers on this machine; where it does not keep a promise, that is on purpose and says so.
 */
import { createServer } from 'node:net'
import type { Socket } from 'node:net'
import { rightClient, startBitwarden, member } from '../../packages/probes/src/bitwarden/vendor.ts'
import { startSupply } from '../../packages/probes/src/dependencies/vendor.ts'
import { startGithub } from '../../packages/probes/src/github/vendor.ts'
import { rightToken, startHetzner, stock } from '../../packages/probes/src/hetzner/vendor.ts'
import { description as monitoringDescription } from '../../packages/probes/src/prometheus/description.ts'
import { listen } from '../../packages/probes/src/testing/servers.ts'
import { startVendor } from '../../packages/probes/src/testing/vendor.ts'
import { lifecycleOf } from '../../packages/probes/src/versions/end-of-life.ts'
import { daysAgo, hoursAgo, nightly } from './connection.ts'
import type { DemoConnection, Keep, Place } from './connection.ts'
import type { Files } from './files.ts'

/** Starts the vendors of Kestrel Software. @param repository folder of its repository */
export async function startKestrel(
  place: Place,
  keep: Keep,
  { repository, files }: { repository: string; files: Files },
): Promise<DemoConnection[]> {
  return [
    await hetzner(place, keep),
    await github(place, keep),
    await bitwarden(place, keep),
    await monitoring(place, keep),
    await powerSupply(place, keep),
    await dependencies(place, keep, files),
    { connector: 'git', name: 'Repository of Kestrel', settings: { repository } },
    {
      connector: 'backup',
      name: 'Backups of Kestrel',
      settings: {
        kind: 'restic',
        repository: 'sftp:backup@second-site.kestrel.example:/srv/backup',
        report: files.backups,
        jobLog: files.runs,
        sources: ['kestrel-db'],
        tenants: ['acorn', 'beech'],
        sourcePlace: 'Falkenstein',
        repositoryPlace: 'Helsinki',
        separateCredentials: true,
        immutability: 'append-only',
      },
    },
    {
      connector: 'vpn',
      name: 'VPN of Kestrel',
      settings: { kind: 'openvpn', peers: ['office', 'on-call'], constant: ['office'], statusFile: files.vpn },
    },
    { connector: 'load', name: 'Load test of Kestrel', settings: { path: files.load } },
    { connector: 'ocsf', name: 'Scan of the Hetzner project', settings: { path: files.ocsf } },
    {
      connector: 'sarif',
      name: 'Code analysis of Kestrel',
      settings: { path: files.sarif, revision: files.revision },
      pausedSince: 10,
    },
    {
      connector: 'versions',
      name: 'Technologies of Kestrel',
      settings: {
        components: [newest('nodejs', '26'), newest('postgresql', '18'), { product: 'debian', version: '13' }],
      },
    },
    {
      connector: 'versions',
      name: 'Technologies found on this machine',
      settings: { components: [{ product: 'nodejs', version: null }] },
    },
  ]
}

/** The newest version that the support data of this release know. */
export function newest(product: string, cycle: string): { product: string; version: string } {
  return { product, version: lifecycleOf(product, cycle)?.latest ?? cycle }
}

async function hetzner(place: Place, keep: Keep): Promise<DemoConnection> {
  const vendor = await keep(
    startHetzner({
      all: {
        ...stock,
        servers: stock.servers.map((server) => ({ ...server, volumes: [] })),
        volumes: [],
        // Times move on while the demo runs.
        certificates: stock.certificates.map((one) => ({
          ...one,
          get not_valid_after() {
            return daysAgo(-60)
          },
        })),
        images: [11, 12].map((server, index) => ({
          id: 81 + index,
          get created() {
            return nightly(0)
          },
          status: 'available',
          bound_to: server,
          type: 'backup',
        })),
      },
      at: await place('hetzner'),
    }),
  )
  return {
    connector: 'hetzner',
    name: 'Hetzner project of Kestrel',
    settings: { project: 'kestrel', token: rightToken, baseUrl: vendor.base, storageUrl: vendor.base },
  }
}

async function github(place: Place, keep: Keep): Promise<DemoConnection> {
  const repository = 'GET /repos/{owner}/{repo}'
  const vendor = await keep(
    startGithub(
      {
        [`${repository}/branches/{branch}/protection`]: () => ({
          url: 'https://api.github.com/example',
          required_pull_request_reviews: { required_approving_review_count: 2, dismiss_stale_reviews: true },
          required_status_checks: { strict: true, contexts: ['test'], checks: [{ context: 'test' }] },
          enforce_admins: { enabled: true },
          allow_force_pushes: { enabled: false },
          allow_deletions: { enabled: false },
        }),
        [`${repository}/rulesets/{ruleset_id}`]: ({ params }) => ({
          id: Number(params['ruleset_id']),
          bypass_actors: [],
          current_user_can_bypass: 'never',
        }),
        [`${repository}/secret-scanning/alerts`]: () => [],
      },
      await place('github'),
    ),
  )
  return {
    connector: 'github',
    name: 'GitHub of Kestrel',
    settings: {
      owner: 'example',
      repositories: ['shop'],
      token: 'token-of-the-tests',
      baseUrl: vendor.base,
    },
  }
}

async function bitwarden(place: Place, keep: Keep): Promise<DemoConnection> {
  const names = ['heron', 'ibis', 'jay']
  const address = (name: string) => `${name}@kestrel.example`
  const vendor = await keep(
    startBitwarden(
      { members: names.map((name, index) => member(name, { email: address(name), type: index < 2 ? 0 : 2 })) },
      await place('bitwarden of Kestrel'),
    ),
  )
  return {
    connector: 'bitwarden',
    name: 'Bitwarden of Kestrel',
    settings: {
      clientId: rightClient.clientId,
      clientSecret: rightClient.clientSecret,
      baseUrl: vendor.base,
      identityUrl: vendor.base,
      staff: names.map(address),
      staffDate: daysAgo(1).slice(0, 10),
    },
  }
}

/** Prometheus, Alertmanager and the receiver of alerts in one: all is up, and the alert that always fires arrives. */
async function monitoring(place: Place, keep: Keep): Promise<DemoConnection> {
  const success = (data: object) => ({ status: 'success', data })
  const metric = (value: string) => ({
    resultType: 'vector',
    result: [
      {
        metric: { __name__: 'probe_success', instance: 'https://kestrel.example/', job: 'blackbox' },
        value: [0, value],
      },
    ],
  })
  const vendor = await keep(
    startVendor({
      description: monitoringDescription,
      isAuthorised: ({ authorization }) => authorization === 'Bearer token-of-the-demo',
      open: ['GET /watchdog'],
      at: await place('monitoring'),
      answers: {
        'GET /api/v1/targets': () =>
          success({
            activeTargets: ['app', 'database', 'proxy'].map((job, index) => ({
              discoveredLabels: {},
              labels: { instance: `10.0.0.${index + 2}:9100`, job },
              scrapePool: job,
              lastError: '',
              lastScrape: new Date().toISOString(),
              health: 'up',
            })),
            droppedTargets: [],
          }),
        'GET /api/v1/query': ({ query }) =>
          success(
            metric(query.get('query')?.startsWith('avg') === true ? '0.9996' : String(Date.parse(daysAgo(30)) / 1000)),
          ),
        'GET /api/v1/alerts': () =>
          success({
            alerts: [
              {
                labels: { alertname: 'Watchdog' },
                annotations: {},
                state: 'firing',
                activeAt: daysAgo(30),
                value: '1',
              },
            ],
          }),
        'GET /api/v1/alertmanagers': () =>
          success({ activeAlertmanagers: [{ url: 'http://10.0.0.9:9093/api/v2/alerts' }], droppedAlertmanagers: [] }),
        'GET /api/v2/status': () => ({
          cluster: { name: '01', status: 'ready', peers: [] },
          versionInfo: { version: '0.28.0' },
          config: { original: 'global: {}' },
          uptime: daysAgo(30),
        }),
        'GET /api/v2/receivers': () => [{ name: 'on-call' }, { name: 'watchdog' }],
        'GET /api/v2/alerts': () => [
          {
            annotations: {},
            endsAt: hoursAgo(-1),
            fingerprint: 'f1',
            receivers: [{ name: 'watchdog' }],
            startsAt: daysAgo(30),
            status: { inhibitedBy: [], silencedBy: [], state: 'active' },
            updatedAt: hoursAgo(0.1),
            labels: { alertname: 'Watchdog' },
          },
        ],
        'GET /watchdog': () => ({ receivedAt: hoursAgo(0.05) }),
      },
    }),
  )
  return {
    connector: 'prometheus',
    name: 'Monitoring of Kestrel',
    settings: {
      baseUrl: vendor.base,
      alertmanagerUrl: vendor.base,
      receiverUrl: `${vendor.base}/watchdog`,
      token: 'token-of-the-demo',
    },
  }
}

/** Answers as upsd does. */
async function powerSupply(place: Place, keep: Keep): Promise<DemoConnection> {
  const variables = () => ({
    'ups.status': 'OL',
    'battery.charge': '100',
    'battery.runtime': '1820',
    'ups.test.result': 'Done and passed',
    'ups.test.date': daysAgo(40).slice(0, 10).replaceAll('-', '/'),
  })
  const list = (what: string, lines: readonly string[]) =>
    [`BEGIN LIST ${what}`, ...lines.map((line) => `${what} ${line}`), `END LIST ${what}\n`].join('\n')
  const answer = (question: string) => {
    if (question === 'LIST VAR rack')
      return list(
        'VAR rack',
        Object.entries(variables()).map(([name, value]) => `${name} "${value}"`),
      )
    return question === 'LIST CLIENT rack' ? list('CLIENT rack', ['192.0.2.7']) : 'ERR INVALID-ARGUMENT\n'
  }
  const at = await place('upsd')
  const { port } = await keep(
    listen(
      createServer((socket: Socket) => {
        let waiting = ''
        socket.on('data', (data: Buffer) => {
          const questions = (waiting + data.toString('utf8')).split('\n')
          waiting = questions.pop() ?? ''
          for (const question of questions) socket.write(answer(question))
        })
      }),
      at,
    ),
  )
  return { connector: 'ups', name: 'Power supply of Kestrel', settings: { host: at.host, port, name: 'rack' } }
}

async function dependencies(place: Place, keep: Keep, files: Files): Promise<DemoConnection> {
  const vendor = await keep(startSupply(await place('OSV')))
  return {
    connector: 'dependencies',
    name: 'Dependencies of Kestrel',
    settings: { components: files.lockfile, outdated: files.outdated, baseUrl: vendor.base, registry: vendor.base },
  }
}
