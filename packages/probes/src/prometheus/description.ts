import type { Description } from '../testing/vendor.ts'

/**
 * The calls that the connector makes, by https://prometheus.io/docs/prometheus/latest/querying/api/ and the description
 * of Alertmanager (api/v2/openapi.yaml). Neither knows rights. The last one is the receiver at the end of the path.
 */
export const description: Description = {
  'GET /api/v1/targets': { query: ['state', 'scrapePool'] },
  'GET /api/v1/query': { query: ['query', 'time', 'timeout', 'limit'], required: ['query'] },
  'GET /api/v1/alerts': {},
  'GET /api/v1/alertmanagers': {},
  'GET /api/v2/status': {},
  'GET /api/v2/receivers': {},
  'GET /api/v2/alerts': { query: ['active', 'silenced', 'inhibited', 'unprocessed', 'filter', 'receiver'] },
  'GET /watchdog': {},
}
