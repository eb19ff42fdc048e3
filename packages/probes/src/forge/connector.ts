import { z } from 'zod'
import { openApi } from '../api/api.ts'
import type { Connector, Context } from '../engine/connector.ts'
import { reasonOf, seen, unseen } from '../engine/reading.ts'
import type { Seen } from '../engine/reading.ts'
import { field } from '../engine/text.ts'
import { isOwnMachine } from '../git/repository.ts'
import { forgeFacts } from './facts.ts'
import type { ForgeFacts } from './facts.ts'
import { forgeHistory } from './history.ts'
import { query, queryAll } from './graphql.ts'
import { readManifest } from './manifest.ts'
import {
  deployedFrom,
  deployedOf,
  environmentsOf,
  installationsOf,
  pageOfEnvironments,
  pageOfInstallations,
} from './questions.ts'

const settings = z.object({
  app: field(z.string().regex(/^ari:cloud:ecosystem::app\/[\w-]+$/), {
    label: { en: 'App', de: 'App' },
    help: {
      en: 'The id in the manifest: ari:cloud:ecosystem::app/…',
      de: 'Die id aus dem Manifest: ari:cloud:ecosystem::app/…',
    },
  }),
  account: field(z.string().min(1).max(320), {
    label: { en: 'Mail address of the account', de: 'E-Mail-Adresse des Kontos' },
    help: {
      en: 'An account of its own, not that of a person',
      de: 'Ein eigenes Konto, nicht das einer Person',
    },
    secret: true,
  }),
  token: field(z.string().min(1), { label: { en: 'API token', de: 'API-Token' }, secret: true }),
  environment: field(z.string().min(1).default('production'), {
    label: { en: 'Environment that customers use', de: 'Umgebung, die Kunden nutzen' },
  }),
  repository: field(z.string().min(1).regex(/^[^-]/).optional(), {
    label: { en: 'Repository of the app', de: 'Repository der App' },
    help: {
      en: 'Folder on this machine, or address for git clone; without it nothing is compared with the manifest',
      de: 'Ordner auf diesem Rechner oder Adresse für git clone; ohne sie wird nichts mit dem Manifest verglichen',
    },
    secret: true,
  }),
  release: field(
    z
      .string()
      .regex(/^\w[\w./+-]*$/)
      .optional(),
    {
      label: { en: 'Tag of the release', de: 'Markierung der Version' },
      help: {
        en: 'Without it, the newest version tag from before the deployment',
        de: 'Ohne Angabe die neueste Versionsmarkierung von vor der Auslieferung',
      },
    },
  ),
  baseUrl: field(z.url().default('https://api.atlassian.com'), {
    label: { en: 'Address of the API', de: 'Adresse der API' },
  }),
})

/** Looks at a deployed Forge app by the GraphQL that Atlassian's own command line uses, and at its manifest in git. */
export const forge = {
  id: 'forge',
  title: { en: 'Forge app', de: 'Forge-App' },
  about: {
    en: 'An app as it is deployed on Atlassian Forge: environments, installations, permissions and storage.',
    de: 'Eine App, wie sie auf Atlassian Forge ausgeliefert ist: Umgebungen, Installationen, Berechtigungen und Speicher.',
  },
  settings,
  facts: forgeFacts,
  history: forgeHistory,
  needs: [
    {
      privilege: 'contributor of the app, by an API token of an account of its own',
      reason: {
        en: 'Environments, installations and deployed versions are read. Atlassian has no right for reading alone: a contributor may also deploy, so use an account that does nothing else and let the token run out.',
        de: 'Umgebungen, Installationen und ausgelieferte Versionen werden gelesen. Ein reines Leserecht gibt es bei Atlassian nicht: Mitwirkende dürfen auch ausliefern. Nutzen Sie daher ein Konto, das sonst nichts tut, und befristen Sie das Token.',
      },
    },
    {
      privilege: 'read access to the repository',
      reason: {
        en: 'The manifest at the tag of the release is compared with what is deployed.',
        de: 'Das Manifest bei der Versionsmarkierung wird mit der Auslieferung verglichen.',
      },
    },
  ],
  ownMachine: ({ repository }) => repository !== undefined && isOwnMachine(repository),
  address: ({ app, environment }) => `${app.replace(/^.*\//, '')} ${environment}`,
  async collect(given, context) {
    const { app, account, token, environment } = given
    const api = openApi(
      {
        base: given.baseUrl.replace(/\/$/, ''),
        headers: { authorization: `Basic ${Buffer.from(`${account}:${token}`).toString('base64')}` },
        perMinute: 90,
      },
      context,
    )
    const [environments, installations, deployed] = await Promise.all([
      queryAll(api, environmentsOf(app), pageOfEnvironments)
        .then(({ items, complete }) => seen(items, complete))
        .catch(reasonOf),
      readInstallations(api, app).catch(reasonOf),
      query(api, deployedOf(app, environment))
        .then((answer) => seen(deployedFrom(answer)))
        .catch(reasonOf),
    ])
    return { environments, installations, deployed, manifest: await manifestOf(given, deployed, context) }
  },
} satisfies Connector<typeof settings, ForgeFacts>

async function readInstallations(
  api: Parameters<typeof queryAll>[0],
  app: string,
): Promise<Seen<ForgeFacts['installations']>> {
  const { items, complete } = await queryAll(api, installationsOf(app), pageOfInstallations)
  const shown = items.filter((one) => one !== null)
  // One that is there without its environment cannot be judged, and must not be taken for none.
  return seen(shown, complete && shown.length === items.length)
}

async function manifestOf(
  { app, repository, release }: z.output<typeof settings>,
  deployed: Seen<ForgeFacts['deployed']>,
  context: Context,
): Promise<Seen<ForgeFacts['manifest']>> {
  if (repository === undefined) return unseen('not-configured', 'no repository is named', { needs: 'repository' })
  const given = {
    app,
    repository,
    ...(release === undefined ? {} : { release }),
    ...(deployed.read === 'ok' ? { deployedAt: deployed.facts.at } : {}),
  }
  return await readManifest(given, context).then((facts) => seen(facts), reasonOf)
}
