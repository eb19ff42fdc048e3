import type { ListenAt } from '../testing/servers.ts'
import { startVendor } from '../testing/vendor.ts'
import type { Asked, Said, VendorServer } from '../testing/vendor.ts'
import { description } from './description.ts'
import { authorizationOf } from './signature.ts'

/** What the server of the tests accepts. */
export const rightKey = { accessKeyId: 'AKIDOFATEST', secretAccessKey: 'secret-key-of-a-test' }

const xmlns = 'xmlns="http://s3.amazonaws.com/doc/2006-03-01/"'
const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n'

/** An object as the storage lists it. */
export const object = (key: string, at: string, bytes = 4_096) =>
  `<Contents><Key>${key}</Key><LastModified>${at}</LastModified><ETag>&quot;1&quot;</ETag><Size>${bytes}</Size></Contents>`

/** The error by which the storage refuses. */
export const refusal = (status: number, code: string): Said => ({
  status,
  text: `${declaration}<Error><Code>${code}</Code><Message>About ${rightKey.accessKeyId}</Message></Error>`,
})

const grant = (uri: string) =>
  `<Grant><Grantee xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="Group"><URI>${uri}</URI></Grantee><Permission>READ</Permission></Grant>`

/** A list of grants to groups. */
export const aclOf = (...uris: readonly string[]) =>
  `<AccessControlPolicy ${xmlns}><Owner><ID>1</ID></Owner><AccessControlList>${uris.map(grant).join('')}</AccessControlList></AccessControlPolicy>`

/** What the bucket answers to each question: all of it as it should be. */
export const stock: Readonly<Record<string, string | Said>> = {
  versioning: `<VersioningConfiguration ${xmlns}><Status>Enabled</Status></VersioningConfiguration>`,
  'object-lock': `<ObjectLockConfiguration ${xmlns}><ObjectLockEnabled>Enabled</ObjectLockEnabled><Rule><DefaultRetention><Mode>COMPLIANCE</Mode><Days>30</Days></DefaultRetention></Rule></ObjectLockConfiguration>`,
  encryption: `<ServerSideEncryptionConfiguration ${xmlns}><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>AES256</SSEAlgorithm></ApplyServerSideEncryptionByDefault></Rule></ServerSideEncryptionConfiguration>`,
  publicAccessBlock: `<PublicAccessBlockConfiguration ${xmlns}><BlockPublicAcls>true</BlockPublicAcls><IgnorePublicAcls>true</IgnorePublicAcls><BlockPublicPolicy>true</BlockPublicPolicy><RestrictPublicBuckets>true</RestrictPublicBuckets></PublicAccessBlockConfiguration>`,
  policyStatus: `<PolicyStatus ${xmlns}><IsPublic>false</IsPublic></PolicyStatus>`,
  acl: aclOf(),
  location: `<LocationConstraint ${xmlns}>eu-central-1</LocationConstraint>`,
}

/** Keys and objects of a folder; each page holds two. */
export type Objects = Readonly<Record<string, readonly string[]>>

/** The storage with this bucket. It makes the signature of each request anew and compares. */
export function startS3({
  answers = stock,
  objects = { '': [object('db.dump', '2026-11-22T02:00:00.000Z')] },
  at,
}: { answers?: typeof stock; objects?: Objects; at?: ListenAt } = {}): Promise<VendorServer> {
  return startVendor({
    description,
    at,
    answers: {
      'GET /{bucket}': (asked) => {
        if (!isSigned(asked)) return refusal(403, 'SignatureDoesNotMatch')
        const what = Object.keys(answers).find((name) => asked.query.has(name))
        if (what === undefined) return listOf(objects, asked)
        const said = answers[what] ?? ''
        return typeof said === 'string' ? { status: 200, text: declaration + said } : said
      },
    },
    isAuthorised: ({ authorization }) =>
      authorization?.startsWith(`AWS4-HMAC-SHA256 Credential=${rightKey.accessKeyId}/`) ?? false,
  })
}

function isSigned({ params, query, headers }: Asked): boolean {
  const header = (name: string) => String(headers[name] ?? '')
  const names = ['host', 'x-amz-content-sha256', 'x-amz-date']
  const expected = authorizationOf(
    {
      method: 'GET',
      path: `/${params['bucket'] ?? ''}`,
      query: Object.fromEntries(query),
      headers: Object.fromEntries(names.map((name) => [name, header(name)])),
      body: header('x-amz-content-sha256'),
    },
    { ...rightKey, region: 'eu-central-1', service: 's3' },
  )
  return header('authorization') === expected
}

function listOf(objects: Objects, { query }: Asked): Said {
  const all = objects[query.get('prefix') ?? ''] ?? []
  const at = Number(query.get('continuation-token') ?? 0)
  const more = at + 2 < all.length
  const next = more ? `<NextContinuationToken>${at + 2}</NextContinuationToken>` : ''
  const text = `<ListBucketResult ${xmlns}><IsTruncated>${more}</IsTruncated>${all.slice(at, at + 2).join('')}${next}</ListBucketResult>`
  return { status: 200, text: declaration + text }
}
