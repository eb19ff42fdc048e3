import { z } from 'zod'
import type { Connector } from '../engine/connector.ts'
import { Unreadable, reasonOf, seen } from '../engine/reading.ts'
import type { Seen } from '../engine/reading.ts'
import { field } from '../engine/text.ts'
import { s3Facts } from './facts.ts'
import type { S3Facts } from './facts.ts'
import { openStorage } from './storage.ts'
import type { Storage } from './storage.ts'
import { allOf, textAt } from './xml.ts'
import type { Element } from './xml.ts'

const settings = z.object({
  bucket: field(z.string().regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/), { label: { en: 'Bucket', de: 'Bucket' } }),
  region: field(z.string().regex(/^[a-z0-9-]{2,32}$/), {
    label: { en: 'Region', de: 'Region' },
    help: { en: 'As eu-central-1', de: 'Etwa eu-central-1' },
  }),
  accessKeyId: field(z.string().regex(/^[\w-]{3,128}$/), {
    label: { en: 'Access key id', de: 'ID des Zugriffsschlüssels' },
    secret: true,
  }),
  secretAccessKey: field(z.string().min(1), {
    label: { en: 'Secret access key', de: 'Geheimer Zugriffsschlüssel' },
    secret: true,
  }),
  prefixes: field(z.array(z.string().max(512)).min(1).default(['']), {
    label: { en: 'Folders, one for each source or tenant', de: 'Ordner, einer je Quelle oder Mandant' },
    help: { en: 'Empty: the whole bucket as one', de: 'Leer: der ganze Bucket als einer' },
  }),
  baseUrl: field(z.url().optional(), {
    label: { en: 'Address of the storage', de: 'Adresse des Speichers' },
    help: {
      en: 'For a storage of another vendor; empty: Amazon in the region',
      de: 'Für den Speicher eines anderen Anbieters; leer: Amazon in der Region',
    },
  }),
})

/** More pages of a thousand objects than this are not read for one folder. */
const mostPages = 100

const endpointOf = ({ baseUrl, region }: { baseUrl?: string | undefined; region: string }) =>
  baseUrl ?? `https://s3.${region}.amazonaws.com`

/** Looks at a bucket in which copies are kept, at Amazon or at a vendor that speaks like it. */
export const s3 = {
  id: 's3',
  title: { en: 'Storage of backups (S3)', de: 'Speicher für Sicherungen (S3)' },
  about: {
    en: 'A bucket that keeps copies: how fresh they are, whether they are locked, encrypted and private, and where they lie.',
    de: 'Ein Bucket, der Kopien hält: wie frisch sie sind, ob sie gesperrt, verschlüsselt und nicht öffentlich sind und wo sie liegen.',
  },
  settings,
  facts: s3Facts,
  history: {
    volatile: ['copies.objects', 'copies.bytes', 'copies.newest'],
  },
  needs: [
    {
      privilege: 's3:ListBucket',
      reason: {
        en: 'Lists objects with size and time, to know the newest copy. No object is opened.',
        de: 'Listet Objekte mit Größe und Zeit auf, um die neueste Kopie zu kennen. Kein Objekt wird geöffnet.',
      },
    },
    {
      privilege: 's3:GetBucketVersioning, s3:GetBucketObjectLockConfiguration',
      reason: {
        en: 'Tells whether copies can be overwritten or deleted.',
        de: 'Sagt, ob sich Kopien überschreiben oder löschen lassen.',
      },
    },
    {
      privilege: 's3:GetEncryptionConfiguration, s3:GetBucketLocation',
      reason: {
        en: 'Tells how the storage encrypts and where it stands.',
        de: 'Sagt, wie der Speicher verschlüsselt und wo er steht.',
      },
    },
    {
      privilege: 's3:GetBucketPublicAccessBlock, s3:GetBucketPolicyStatus, s3:GetBucketAcl',
      reason: {
        en: 'Tells whether strangers can read the copies.',
        de: 'Sagt, ob Fremde die Kopien lesen können.',
      },
    },
  ],
  address: (given) => `${new URL(endpointOf(given)).host}/${given.bucket}`,
  async collect(given, context) {
    const endpoint = endpointOf(given)
    const storage = openStorage({ ...given, endpoint }, context)
    const [copies, versioning, objectLock, encryption, exposure, place] = await Promise.all([
      readCopies(storage, given.prefixes).catch(reasonOf),
      group(readVersioning(storage)),
      group(readObjectLock(storage)),
      group(readEncryption(storage)),
      group(readExposure(storage)),
      group(readPlace(storage, new URL(endpoint).host)),
    ])
    return { copies, versioning, objectLock, encryption, exposure, place }
  },
} satisfies Connector<typeof settings, S3Facts>

const group = <T>(read: Promise<T>): Promise<Seen<T>> => read.then((facts) => seen(facts), reasonOf)

type Copy = S3Facts['copies'][number]

async function readCopies(storage: Storage, prefixes: readonly string[]): Promise<Seen<S3Facts['copies']>> {
  const all: Copy[] = []
  let isComplete = true
  for (const prefix of new Set(prefixes)) {
    const { copy, complete } = await readFolder(storage, prefix)
    all.push(copy)
    isComplete &&= complete
  }
  return seen(all, isComplete)
}

async function readFolder(storage: Storage, prefix: string): Promise<{ copy: Copy; complete: boolean }> {
  const query = { 'list-type': '2', 'max-keys': '1000', prefix }
  let copy: Copy = { prefix, objects: 0, bytes: 0, newest: null }
  let token: string | undefined
  for (let page = 0; page < mostPages; page += 1) {
    const list = await storage.get(
      'ListBucketResult',
      token === undefined ? query : { ...query, 'continuation-token': token },
    )
    copy = allOf(list, 'Contents').reduce(withObject, copy)
    if (required(list, 'IsTruncated') !== 'true') return { copy, complete: true }
    const onward = required(list, 'NextContinuationToken')
    if (onward === token) throw broken('names the same page as the next one')
    token = onward
  }
  return { copy, complete: false }
}

function withObject(copy: Copy, object: Element): Copy {
  const bytes = Number(required(object, 'Size'))
  const at = new Date(required(object, 'LastModified'))
  if (!Number.isSafeInteger(bytes) || Number.isNaN(at.getTime())) throw broken('has an object without size or time')
  // What stands for a folder is no copy.
  if (bytes === 0 && required(object, 'Key').endsWith('/')) return copy
  const isNewest = copy.newest === null || at.getTime() > Date.parse(copy.newest.at)
  return {
    prefix: copy.prefix,
    objects: copy.objects + 1,
    bytes: copy.bytes + bytes,
    newest: isNewest ? { at: at.toISOString(), bytes } : copy.newest,
  }
}

function required(element: Element, name: string): string {
  const text = textAt(element, name)
  if (text === undefined) throw broken(`has no ${name}`)
  return text
}

const broken = (what: string) => new Unreadable('contract', `/{bucket}: an answer ${what}`)

async function readVersioning(storage: Storage): Promise<S3Facts['versioning']> {
  const answer = await storage.get('VersioningConfiguration', { versioning: '' })
  const status = textAt(answer, 'Status')
  return {
    state: status === 'Enabled' ? 'enabled' : status === 'Suspended' ? 'suspended' : 'off',
    mfaDelete: textAt(answer, 'MfaDelete') === 'Enabled',
  }
}

async function readObjectLock(storage: Storage): Promise<S3Facts['objectLock']> {
  const root = 'ObjectLockConfiguration'
  const answer = await storage.find(root, { 'object-lock': '' }, 'ObjectLockConfigurationNotFoundError')
  if (answer === null) return { enabled: false, mode: null, days: null }
  const rule = ['Rule', 'DefaultRetention'] as const
  const mode = textAt(answer, ...rule, 'Mode')
  const [days, years] = [textAt(answer, ...rule, 'Days'), textAt(answer, ...rule, 'Years')]
  return {
    enabled: textAt(answer, 'ObjectLockEnabled') === 'Enabled',
    mode: mode === 'COMPLIANCE' ? 'compliance' : mode === 'GOVERNANCE' ? 'governance' : null,
    days: days === undefined ? (years === undefined ? null : Number(years) * 365) : Number(days),
  }
}

async function readEncryption(storage: Storage): Promise<S3Facts['encryption']> {
  const root = 'ServerSideEncryptionConfiguration'
  const absent = 'ServerSideEncryptionConfigurationNotFoundError'
  const answer = await storage.find(root, { encryption: '' }, absent)
  if (answer === null) return { algorithm: null, ownKey: false }
  const rule = ['Rule', 'ApplyServerSideEncryptionByDefault'] as const
  const algorithm = textAt(answer, ...rule, 'SSEAlgorithm')
  if (algorithm === undefined) throw broken('has no SSEAlgorithm')
  return { algorithm, ownKey: textAt(answer, ...rule, 'KMSMasterKeyID') !== undefined }
}

async function readExposure(storage: Storage): Promise<S3Facts['exposure']> {
  const [block, policy, acl] = await Promise.all([
    storage.find('PublicAccessBlockConfiguration', { publicAccessBlock: '' }, 'NoSuchPublicAccessBlockConfiguration'),
    storage.find('PolicyStatus', { policyStatus: '' }, 'NoSuchBucketPolicy'),
    storage.get('AccessControlPolicy', { acl: '' }),
  ])
  const isOn = (name: string) => block !== null && required(block, name).toLowerCase() === 'true'
  return {
    ignoresPublicAcls: isOn('IgnorePublicAcls'),
    restrictsPublicPolicy: isOn('RestrictPublicBuckets'),
    publicPolicy: policy !== null && required(policy, 'IsPublic').toLowerCase() === 'true',
    publicAcl: allOf(acl, 'AccessControlList')
      .flatMap((list) => allOf(list, 'Grant'))
      .some((grant) => /\/groups\/global\/(AllUsers|AuthenticatedUsers)$/.test(textAt(grant, 'Grantee', 'URI') ?? '')),
  }
}

/** Amazon leaves the name of its oldest region out. */
async function readPlace(storage: Storage, endpoint: string): Promise<S3Facts['place']> {
  const { text } = await storage.get('LocationConstraint', { location: '' })
  const names: Readonly<Record<string, string>> = { '': 'us-east-1', EU: 'eu-west-1' }
  return { region: names[text.trim()] ?? text.trim(), secondary: null, endpoint }
}
