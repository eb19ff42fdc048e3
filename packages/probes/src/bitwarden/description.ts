import type { Description } from '../testing/vendor.ts'

/**
 * The calls that are made. The vendor publishes its description with its server only; this one is written by hand after
 * the models of that server.
 */
export const description = {
  'POST /connect/token': {},
  'GET /public/members': { query: ['continuationToken'], rights: ['api.organization'] },
  'GET /public/policies': { query: ['continuationToken'], rights: ['api.organization'] },
  'GET /public/events': {
    query: ['start', 'end', 'actingUserId', 'itemId', 'continuationToken'],
    required: ['start', 'end'],
    rights: ['api.organization'],
  },
} satisfies Description
