import { z } from 'zod'
import { openApi } from '../api/api.ts'
import type { Connector } from '../engine/connector.ts'
import { reasonOf } from '../engine/reading.ts'
import { field } from '../engine/text.ts'
import { atlassianFacts } from './facts.ts'
import type { AtlassianFacts } from './facts.ts'
import { readManaged, readPeople } from './questions.ts'

const settings = z.object({
  organisation: field(z.string().regex(/^[\w-]{8,64}$/), {
    label: { en: 'Id of the organisation', de: 'Kennung der Organisation' },
    help: {
      en: 'It stands in the address of admin.atlassian.com, after /o/',
      de: 'Sie steht in der Adresse von admin.atlassian.com nach /o/',
    },
  }),
  key: field(z.string().min(1), { label: { en: 'API key', de: 'API-Schlüssel' }, secret: true }),
  baseUrl: field(z.url().default('https://api.atlassian.com/admin'), {
    label: { en: 'Address of the API', de: 'Adresse der API' },
  }),
})

/** Looks at the accounts of an Atlassian organisation. */
export const atlassian = {
  id: 'atlassian',
  title: { en: 'Atlassian organisation', de: 'Atlassian-Organisation' },
  about: {
    en: 'The accounts of an Atlassian organisation: who has access, who is managed, and who has not been there for long.',
    de: 'Die Konten einer Atlassian-Organisation: wer Zugang hat, wer verwaltet ist und wer lange nicht da war.',
  },
  settings,
  facts: atlassianFacts,
  history: {
    volatile: ['managed.lastActive'],
    lasting: ['people.addedAt'],
  },
  needs: [
    {
      privilege: 'read:accounts:admin',
      reason: {
        en: 'Managed accounts are listed with their last activity.',
        de: 'Verwaltete Konten werden mit ihrer letzten Aktivität gelesen.',
      },
    },
    {
      privilege: 'read:directories:admin',
      reason: {
        en: 'Everybody with access is listed, also accounts that the organisation does not manage. A key without scopes would have all rights of an administrator: make one with these two only.',
        de: 'Alle mit Zugang werden gelesen, auch Konten, die die Organisation nicht verwaltet. Ein Schlüssel ohne Scopes hätte alle Rechte der Verwaltung: Legen Sie einen mit nur diesen beiden an.',
      },
    },
  ],
  address: ({ organisation }) => organisation,
  roster: 'people',
  accounts: ({ people = [], managed = [] }) => [
    ...people.map(({ id, admin, managed: isManaged }) => ({
      id,
      isAdmin: admin,
      isActive: null,
      rights: [isManaged ? 'managed' : 'not managed'],
    })),
    ...managed.map(({ id, lastActive }) => ({ id, isAdmin: false, isActive: null, lastUsed: lastActive })),
  ],
  async collect({ organisation, key, baseUrl }, context) {
    const api = openApi(
      {
        base: baseUrl.replace(/\/$/, ''),
        headers: { authorization: `Bearer ${key}` },
        // Two lists of 10,000 people, 100 on a page, have to fit into one look; Atlassian says so where it is too quick.
        perMinute: 600,
      },
      context,
    )
    const [managed, people] = await Promise.all([
      readManaged(api, organisation).catch(reasonOf),
      readPeople(api, organisation).catch(reasonOf),
    ])
    return { managed, people }
  },
} satisfies Connector<typeof settings, AtlassianFacts>
