import type { Description } from '../testing/vendor.ts'

/** The calls that are made: all of them ask about the bucket, and a parameter says what. */
export const description = {
  'GET /{bucket}': {
    query: [
      'list-type',
      'prefix',
      'max-keys',
      'continuation-token',
      'versioning',
      'object-lock',
      'encryption',
      'publicAccessBlock',
      'policyStatus',
      'acl',
      'location',
    ],
  },
} satisfies Description
