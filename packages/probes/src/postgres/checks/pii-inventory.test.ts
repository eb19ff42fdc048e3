import { examine } from '../../testing/examine.ts'
import { pgPiiInventory } from './pii-inventory.ts'

const column = (name: string, more: object = {}) => ({
  column: name,
  declared: 'no' as const,
  named: null,
  sampled: 100,
  emails: 0,
  ibans: 0,
  phones: 0,
  addresses: 0,
  opaque: 0,
  others: [] as { type: string; count: number; isNamed: boolean }[],
  ...more,
})
const good = {
  columns: [
    column('public.customer.email', { declared: 'personal', named: 'email', emails: 100 }),
    column('public.visit.customer_key', { declared: 'pseudonym', opaque: 100 }),
    // Numbers of articles that happen to look like a telephone number now and then.
    column('public.article.number', { phones: 3 }),
    // One number in ten passes a check digit.
    column('public.article.ean', { others: [{ type: 'nl.bsn', count: 60, isNamed: false }] }),
    column('public.visit.email', { named: 'email', opaque: 100 }),
  ],
  looked: 40,
  unread: 0,
  missing: [],
}

examine(pgPiiInventory, {
  good: { personal: good },
  bad: {
    'an address stands in a note': {
      change: (f) => {
        f.personal.columns.push(column('public.note.text', { emails: 1 }))
      },
      says: 'found',
    },
    'a number of an account stands in a note': {
      change: (f) => {
        f.personal.columns.push(column('public.order.remark', { ibans: 1 }))
      },
      says: 'found',
    },
    'half of the values are telephone numbers': {
      change: (f) => {
        f.personal.columns.push(column('public.ticket.callback', { phones: 50 }))
      },
      says: 'found',
    },
    'half of the values are network addresses': {
      change: (f) => {
        f.personal.columns.push(column('public.log.source', { addresses: 50 }))
      },
      says: 'found',
    },
    'a tax number stands in a note, beside its name': {
      change: (f) => {
        f.personal.columns.push(column('public.note.more', { others: [{ type: 'de.idnr', count: 1, isNamed: true }] }))
      },
      says: 'found',
    },
    'a column holds names': {
      change: (f) => {
        f.personal.columns.push(column('public.task.who', { others: [{ type: 'name', count: 100, isNamed: false }] }))
      },
      says: 'found',
    },
    'a column holds cards': {
      change: (f) => {
        f.personal.columns.push(column('public.pay.ref', { others: [{ type: 'card', count: 70, isNamed: false }] }))
      },
      says: 'found',
    },
    'a column is named like it, and could not be looked into': {
      change: (f) => {
        f.personal.columns.push(column('public.person.vorname', { named: 'name', sampled: null }))
      },
      says: 'named',
    },
    'a column is named like it, and is empty': {
      change: (f) => {
        f.personal.columns.push(column('public.person.iban', { named: 'iban', sampled: 0 }))
      },
      says: 'named',
    },
    'a pseudonym speaks': {
      change: (f) => {
        f.personal.columns.push(column('public.a.who', { declared: 'pseudonym', opaque: 99 }))
      },
      says: 'speaking',
    },
    'a declared column is gone': {
      change: (f) => {
        f.personal.missing.push('public.customer.fax')
      },
      says: 'missing',
    },
  },
  told: {
    'no column with pseudonyms is named': {
      change: (f) => {
        f.personal.columns = f.personal.columns.filter(({ declared }) => declared !== 'pseudonym')
      },
      says: 'no-pseudonyms',
    },
    'some columns could not be looked into': {
      change: (f) => {
        f.personal.unread = 2
      },
      says: 'unread',
    },
    'a column with pseudonyms is empty': {
      change: (f) => {
        f.personal.columns.push(column('public.b.who', { declared: 'pseudonym', sampled: 0 }))
      },
      says: 'empty',
    },
  },
})
