import type { Description } from '../testing/vendor.ts'

/** The calls of Atlassian's Organizations API (developer.atlassian.com/cloud/admin/organization/rest) that are made. */
export const description = {
  'GET /admin/v1/orgs/{orgId}/users': { query: ['cursor'], rights: ['read:accounts:admin'] },
  'POST /admin/v2/orgs/{orgId}/directories/{directoryId}/users/search': { rights: ['read:directories:admin'] },
} satisfies Description

/** What the search takes in its body; another field is a mistake of ours. */
export const searchFields = [
  'accountIds',
  'accountStatus',
  'claimStatus',
  'cursor',
  'directoryIds',
  'emailDomains',
  'emails',
  'expand',
  'groupIds',
  'limit',
  'membershipStatus',
  'mfaEnabled',
  'resourceIds',
  'roleIds',
] as const
