import { z } from 'zod'
import { openApi } from '../api/api.ts'
import type { Api } from '../api/api.ts'
import { keep } from '../api/groups.ts'
import { clientCredentials } from '../api/oauth.ts'
import type { Connector, Context } from '../engine/connector.ts'
import { Unreadable, reasonOf, unseen } from '../engine/reading.ts'
import type { Unseen } from '../engine/reading.ts'
import { field } from '../engine/text.ts'
import { encryptionOf, exposureOf, immutabilityOf, readAccount, readContainer, readRecovery } from './account.ts'
import { readCopies } from './copies.ts'
import { blobFacts } from './facts.ts'
import type { BlobFacts } from './facts.ts'
import { openContainer } from './storage.ts'
import type { Container } from './storage.ts'

const guid = z.guid().transform((id) => id.toLowerCase())
const address = z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/+$/, ''))

const settings = z.object({
  account: field(z.string().regex(/^[a-z0-9]{3,24}$/), { label: { en: 'Storage account', de: 'Speicherkonto' } }),
  container: field(z.string().regex(/^(?=.{3,63}$)[a-z0-9](-?[a-z0-9])*$/), {
    label: { en: 'Container', de: 'Container' },
  }),
  prefixes: field(z.array(z.string().max(512)).min(1).default(['']), {
    label: { en: 'Folders, one for each source or tenant', de: 'Ordner, einer je Quelle oder Mandant' },
    help: { en: 'Empty: the whole container as one', de: 'Leer: der ganze Container als einer' },
  }),
  sas: field(z.string().min(1).optional(), {
    label: { en: 'Shared access signature', de: 'Gemeinsame Zugriffssignatur (SAS)' },
    help: {
      en: 'That may only list (sp=l) this container; without one, the app registration lists',
      de: 'Die diesen Container nur auflisten darf (sp=l); ohne sie listet die App-Registrierung auf',
    },
    secret: true,
  }),
  subscription: field(guid.optional(), { label: { en: 'Subscription id', de: 'Abonnement-ID' } }),
  group: field(
    z
      .string()
      .regex(/^[\w().-]{1,90}$/)
      .optional(),
    { label: { en: 'Resource group', de: 'Ressourcengruppe' } },
  ),
  tenantId: field(guid.optional(), { label: { en: 'Tenant id', de: 'Mandanten-ID' } }),
  clientId: field(guid.optional(), {
    label: { en: 'Application (client) id', de: 'Anwendungs-ID (Client)' },
    help: {
      en: 'Of an app registration of its own; without one, only the copies are looked at',
      de: 'Einer eigenen App-Registrierung; ohne sie werden nur die Kopien betrachtet',
    },
  }),
  secret: field(z.string().min(1).optional(), {
    label: { en: 'Client secret', de: 'Geheimer Clientschlüssel' },
    help: { en: 'Not needed with a certificate', de: 'Mit einem Zertifikat nicht nötig' },
    secret: true,
  }),
  certificate: field(z.string().min(1).optional(), {
    label: { en: 'Certificate and private key (PEM)', de: 'Zertifikat und privater Schlüssel (PEM)' },
    help: { en: 'Better than a secret', de: 'Besser als ein Clientschlüssel' },
    secret: true,
  }),
  blobUrl: field(address.optional(), {
    label: { en: 'Address of the storage', de: 'Adresse des Speichers' },
    help: {
      en: 'Another one only for sovereign clouds and private endpoints',
      de: 'Eine andere nur für souveräne Clouds und private Endpunkte',
    },
  }),
  baseUrl: field(address.default('https://management.azure.com'), {
    label: { en: 'Address of Resource Manager', de: 'Adresse des Resource Manager' },
    help: { en: 'Another one only for sovereign clouds', de: 'Eine andere nur für souveräne Clouds' },
  }),
  loginUrl: field(address.default('https://login.microsoftonline.com'), {
    label: { en: 'Address of the sign-in', de: 'Adresse der Anmeldung' },
  }),
})

type Settings = z.output<typeof settings>

const endpointOf = ({ blobUrl, account }: Pick<Settings, 'blobUrl' | 'account'>) =>
  blobUrl ?? `https://${account}.blob.core.windows.net`

/** Looks at a container of Azure Blob Storage in which copies are kept. */
export const blob = {
  id: 'blob',
  title: { en: 'Storage of backups (Azure Blob)', de: 'Speicher für Sicherungen (Azure Blob)' },
  about: {
    en: 'A container that keeps copies: how fresh they are, whether they are locked, can be brought back and are not public, and where they lie.',
    de: 'Ein Container, der Kopien hält: wie frisch sie sind, ob sie gesperrt, wiederherstellbar und nicht öffentlich sind und wo sie liegen.',
  },
  settings,
  facts: blobFacts,
  history: { volatile: ['copies.objects', 'copies.bytes', 'copies.newest'] },
  needs: [
    {
      privilege: 'sp=l (shared access signature of the container) or Storage Blob Data Reader',
      reason: {
        en: 'Lists blobs with size and time, to know the newest copy. The signature cannot open a blob; the role could, and art32 never does.',
        de: 'Listet Blobs mit Größe und Zeit auf, um die neueste Kopie zu kennen. Die Signatur kann keinen Blob öffnen; die Rolle könnte es, art32 tut es nie.',
      },
    },
    {
      privilege: 'Reader',
      reason: {
        en: 'On the storage account: how it and the container are set up. It reads no data and no keys.',
        de: 'Auf dem Speicherkonto: wie es und der Container eingerichtet sind. Sie liest keine Daten und keine Schlüssel.',
      },
    },
  ],
  address: (given) => `${new URL(endpointOf(given)).host}/${given.container}`,
  async collect(given, context) {
    const arm = openArm(given, context)
    const account = arm.then(({ api, names }) => readAccount(api, names))
    const container = arm.then(({ api, names }) => readContainer(api, names))
    const both = Promise.all([container, account])
    const [copies, immutability, recovery, encryption, exposure, place] = await Promise.all([
      credentialOf(given, context)
        .then((credential) => readCopies(openContainer(credential, context), given.prefixes))
        .catch(reasonOf),
      keep(both.then((all) => immutabilityOf(...all))),
      keep(arm.then(({ api, names }) => readRecovery(api, names))),
      keep(account.then(encryptionOf)),
      keep(both.then((all) => exposureOf(...all))),
      keep(account.then((one) => placeOf(one, new URL(endpointOf(given)).host))),
    ])
    return { copies, immutability, recovery, encryption, exposure, place }
  },
} satisfies Connector<typeof settings, BlobFacts>

/** Azure writes names of regions with and without spaces. */
function placeOf(
  { location, secondaryLocation }: { location: string; secondaryLocation?: string | null | undefined },
  endpoint: string,
): BlobFacts['place'] {
  const plain = (name: string) => name.toLowerCase().replaceAll(' ', '')
  const secondary = secondaryLocation ? plain(secondaryLocation) : null
  return { region: plain(location), secondary, endpoint }
}

async function tokenFor(given: Settings, scope: string, context: Context): Promise<string> {
  const { tenantId, clientId, secret, certificate, loginUrl } = given
  if (tenantId === undefined || clientId === undefined)
    throw new Unreadable('not-configured', 'no app registration is given', { needs: 'tenantId, clientId' })
  const tokenUrl = `${loginUrl}/${tenantId}/oauth2/v2.0/token`
  return await clientCredentials({ tokenUrl, clientId, scope, secret, certificate }, context)
}

/** Azure Resource Manager (ARM), which knows how the account is set up. */
async function openArm(given: Settings, context: Context) {
  const { subscription, group, account, container, baseUrl, clientId } = given
  if (subscription === undefined || group === undefined)
    throw new Unreadable('not-configured', 'where the account belongs is not given', { needs: 'subscription, group' })
  const token = await tokenFor(given, `${baseUrl}/.default`, context)
  const api: Api = openApi(
    { base: baseUrl, headers: { authorization: `Bearer ${token}` }, credential: `azure ${clientId}`, meaning },
    context,
  )
  return { api, names: { subscription, group, account, container } }
}

const Refusal = z.object({ error: z.object({ code: z.string() }) })
const missing = ['resourcenotfound', 'resourcegroupnotfound', 'containernotfound', 'subscriptionnotfound']

/** Who may not look is told by some calls that there is nothing. */
function meaning(status: number, body: unknown): Unseen | undefined {
  const code = Refusal.safeParse(body).data?.error.code.toLowerCase()
  return code !== undefined && status === 404 && missing.includes(code)
    ? unseen('not-configured', 'the account or container is not there, or may not be seen', { needs: 'Reader' })
    : undefined
}

/** Rights of a signature by which nothing can be changed: read, list, and see tags. */
const harmless = /^[rlt]+$/

/** A signature that may write is not used: whoever stole it from here could delete the copies. */
async function credentialOf(given: Settings, context: Context): Promise<Container> {
  const place = { endpoint: endpointOf(given), container: given.container }
  if (given.sas === undefined) {
    const token = await tokenFor(given, 'https://storage.azure.com/.default', context)
    return { ...place, credential: { token }, name: `azure ${given.clientId}` }
  }
  const sas = new URLSearchParams(given.sas.replace(/^[^?]*\?/, ''))
  const rights = sas.get('sp')
  if (sas.get('sig') === null)
    throw new Unreadable('not-configured', 'this is no shared access signature', { needs: 'sas' })
  if (rights !== null && !harmless.test(rights))
    throw new Unreadable('not-configured', 'the shared access signature may do more than list', { needs: 'sp=l' })
  const ends = Date.parse(sas.get('se') ?? '')
  if (ends < context.now().getTime())
    throw new Unreadable('not-configured', 'the shared access signature has expired', { needs: 'sas' })
  return { ...place, credential: { sas }, name: `sas ${given.account}` }
}
