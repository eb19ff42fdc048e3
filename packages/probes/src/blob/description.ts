import type { Description } from '../testing/vendor.ts'

const account =
  '/subscriptions/{subscription}/resourceGroups/{group}/providers/Microsoft.Storage/storageAccounts/{account}'
const settingsOf = { query: ['api-version'], required: ['api-version'], rights: ['Reader'] }

/** Parts of a shared access signature of a container or of a user, as the reference lists them. */
export const signatureParts = 'sv st se sr sp sip spr sig si skoid sktid skt ske sks skv saoid suoid scid sdd'.split(
  ' ',
)

/** The calls that are made, as the published references of Blob Storage and of the storage provider describe them. */
export const description = {
  'POST /{tenant}/oauth2/v2.0/token': {},
  'GET /{container}': {
    query: ['restype', 'comp', 'prefix', 'marker', 'maxresults', ...signatureParts],
    required: ['restype', 'comp'],
    rights: ['Storage Blob Data Reader'],
  },
  [`GET ${account}`]: settingsOf,
  [`GET ${account}/blobServices/default`]: settingsOf,
  [`GET ${account}/blobServices/default/containers/{container}`]: settingsOf,
} satisfies Description
