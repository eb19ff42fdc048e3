import { fail, noParams } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import type { SeenSelfFacts } from '../facts.ts'

export const selfNoUndeclaredOutbound = {
  id: 'self.no-undeclared-outbound',
  version: 1,
  connector: 'self',
  title: {
    en: 'The installation contacts nobody that was not set up',
    de: 'Die Installation kontaktiert niemanden, der nicht eingerichtet wurde',
  },
  why: {
    en: 'A product for data protection has no business to call home.',
    de: 'Ein Produkt für den Datenschutz hat nicht nach Hause zu telefonieren.',
  },
  remedy: {
    en: 'Set up the destination as a connection, or remove the part that contacts it.',
    de: 'Das Ziel als Verbindung einrichten oder den Teil entfernen, der es kontaktiert.',
  },
  severity: 'high',
  serves: [
    { measure: 'egress-control', as: 'supports' },
    { measure: 'no-third-party-disclosure', as: 'supports' },
  ],
  params: noParams,
  reads: ['outbound'],
  maxAge: 'P7D',
  onEmpty: 'pass',
  refs: ['ISO/IEC 27001:2022 A.8.12', 'GDPR Art. 25'],
  sources: ['https://eur-lex.europa.eu/eli/reg/2016/679/oj'],
  pitfalls: ['Seen is what goes through the network layer of art32; a proxy of the machine is not.'],
  messages: {
    undeclared: {
      en: '{destination} is contacted without having been set up.',
      de: '{destination} wird kontaktiert, ohne eingerichtet zu sein.',
    },
  },
  judge({ outbound: { undeclared } }) {
    return undeclared.map((destination, index) =>
      fail(destination, `outbound.undeclared.${index}`, 'undeclared', { destination }),
    )
  },
} satisfies Check<SeenSelfFacts, 'outbound', typeof noParams>
