import { startVendor } from '../testing/vendor.ts'
import type { VendorServer } from '../testing/vendor.ts'
import { description } from './description.ts'

const target = (job: string, instance: string, health: string, lastScrape: string) => ({
  discoveredLabels: { __address__: instance, job },
  labels: { instance, job },
  scrapePool: job,
  scrapeUrl: `http://${instance}/metrics`,
  globalUrl: `http://${instance}/metrics`,
  lastError: '',
  lastScrape,
  lastScrapeDuration: 0.01,
  health,
  scrapeInterval: '15s',
  scrapeTimeout: '10s',
})

const sample = (instance: string, value: string) => ({
  metric: { __name__: 'probe_success', instance, job: 'blackbox' },
  value: [1_795_348_800, value],
})

/** Prometheus, Alertmanager and the receiver in one server, as they answer when all is well. */
export function startMonitoring(isAuthorised: (authorization: string | undefined) => boolean): Promise<VendorServer> {
  const success = (data: object) => ({ status: 'success', data })
  return startVendor({
    description,
    isAuthorised: ({ authorization }) => isAuthorised(authorization),
    open: ['GET /watchdog'],
    answers: {
      'GET /api/v1/targets': () =>
        success({
          activeTargets: [
            target('shop', '10.0.0.1:9100', 'up', '2026-11-22T11:59:50.123456789Z'),
            target('shop', '10.0.0.2:9100', 'down', '2026-11-22T11:59:40Z'),
            target('new', '10.0.0.3:9100', 'unknown', '0001-01-01T00:00:00Z'),
          ],
          droppedTargets: [],
        }),
      'GET /api/v1/query': ({ query }) =>
        success({
          resultType: 'vector',
          result: query.get('query')?.startsWith('avg')
            ? [sample('https://user:secret@shop.example.com/health?key=secret', '0.9995')]
            : [sample('https://user:secret@shop.example.com/health?key=secret', '1792756800')],
        }),
      'GET /api/v1/alerts': () =>
        success({
          alerts: [
            {
              labels: { alertname: 'Watchdog', severity: 'none' },
              annotations: { summary: 'Always firing' },
              state: 'firing',
              activeAt: '2026-11-01T00:00:00.5Z',
              value: '1e+00',
            },
          ],
        }),
      'GET /api/v1/alertmanagers': () =>
        success({ activeAlertmanagers: [{ url: 'http://10.0.0.9:9093/api/v2/alerts' }], droppedAlertmanagers: [] }),
      'GET /api/v2/status': () => ({
        cluster: { name: '01', status: 'ready', peers: [] },
        versionInfo: { version: '0.28.0' },
        config: { original: 'global: {}' },
        uptime: '2026-11-01T00:00:00.000Z',
      }),
      'GET /api/v2/receivers': () => [{ name: 'on-call' }, { name: 'watchdog' }],
      'GET /api/v2/alerts': () => [
        {
          annotations: {},
          endsAt: '2026-11-22T12:04:00.000Z',
          fingerprint: 'f1',
          receivers: [{ name: 'watchdog' }],
          startsAt: '2026-11-01T00:00:00.000Z',
          status: { inhibitedBy: [], silencedBy: [], state: 'active' },
          updatedAt: '2026-11-22T12:00:00.000Z',
          labels: { alertname: 'Watchdog' },
        },
      ],
      'GET /watchdog': () => ({ receivedAt: '2026-11-22T11:58:00.000Z' }),
    },
  })
}
