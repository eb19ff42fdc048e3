import type { TenantContext } from '../evidence/index.ts'
import { purposes } from '../privacy/index.ts'
import { listSystems } from '../system/index.ts'
import type { Said, Side } from './activity.ts'
import { templates } from './templates.ts'
import type { Template } from './templates.ts'

/** A processing activity to be read, adapted and added. */
interface Proposal {
  readonly template: string
  readonly side: Side
  readonly name: string
  readonly said: Said
}

const most = 60

/** Everything that is known, as drafts: the templates with the tenant's own systems, and what art32 stores of people who sign in. */
export async function proposals(tx: TenantContext, language: 'en' | 'de'): Promise<Proposal[]> {
  const systems = (await listSystems(tx)).filter(({ environment }) => environment === 'production')
  const names = [...new Set(systems.map(({ name }) => name.slice(0, 300)))].slice(0, most)
  return [
    ...templates.map((template) => {
      const said = saidOf(template, language)
      return {
        template: template.id,
        side: template.side,
        name: template[language].name,
        said: template.id === 'operation' ? { ...said, systems: names } : said,
      }
    }),
    ownActivity(language),
  ]
}

function saidOf({ side, ...template }: Template, language: 'en' | 'de'): Said {
  const { what, basis, people, data, recipients, retention } = template[language]
  return {
    ...empty,
    ...(side === 'controller' ? { purposes: what } : { categories: what }),
    legalBasis: basis,
    people: people.split('|'),
    data: data.split('|'),
    recipients: recipients.split('|'),
    retention,
  }
}

const empty: Said = {
  purposes: '',
  legalBasis: '',
  categories: '',
  jointControllers: '',
  people: [],
  data: [],
  recipients: [],
  transfers: [],
  retention: '',
  systems: [],
  measures: '',
  customerIds: null,
}

/** What this installation stores of people who sign in, from the table that also makes its privacy notice. */
function ownActivity(language: 'en' | 'de'): Proposal {
  const own = Object.values(purposes).filter(({ decides }) => decides === 'operator')
  const distinct = (texts: readonly string[]) => [...new Set(texts)]
  const say = ownWords[language]
  return {
    template: 'art32',
    side: 'controller',
    name: say.name,
    said: {
      ...empty,
      purposes: distinct(own.map(({ why }) => why[language])).join('\n'),
      legalBasis: distinct(own.map(({ basis }) => basis[language])).join('\n'),
      people: [say.people],
      // Each is said in full by the privacy notice; a cell of a table holds the first sentence.
      data: own.map(({ what }) => what[language].slice(0, 300)),
      recipients: [say.recipients],
      retention: distinct(own.map(({ until }) => until[language])).join('\n'),
      systems: ['art32'],
    },
  }
}

const ownWords = {
  en: {
    name: 'Accounts of art32',
    people: 'People who have an account here',
    recipients: 'Whoever runs this installation',
  },
  de: {
    name: 'Konten in art32',
    people: 'Personen, die hier ein Konto haben',
    recipients: 'Wer diese Installation betreibt',
  },
} as const
