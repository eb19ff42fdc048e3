import { z } from 'zod'
import { fail, info, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import { field } from '../../engine/text.ts'
import type { AzureFacts } from '../facts.ts'

const params = z.object({
  before: field(z.number().min(0).max(100).nullable().default(null), {
    label: { en: 'Score to compare with', de: 'Wert, mit dem verglichen wird' },
    help: {
      en: 'In per cent; empty: the score is told, not judged',
      de: 'In Prozent; leer: Der Wert wird genannt, nicht beurteilt',
    },
  }),
  maxDrop: field(z.number().min(0).default(5), {
    label: { en: 'May drop by at most', de: 'Darf höchstens sinken um' },
    unit: 'percentage points',
  }),
})

export const azureDefenderSecureScore = {
  id: 'azure.defender-secure-score',
  version: 1,
  connector: 'azure',
  title: { en: 'The cloud security score does not drop', de: 'Der Sicherheitswert der Cloud fällt nicht' },
  why: {
    en: 'A score by itself says little; that it drops says that something was opened or is no longer looked after.',
    de: 'Ein Wert für sich sagt wenig; dass er fällt, sagt, dass etwas geöffnet wurde oder nicht mehr gepflegt wird.',
  },
  remedy: {
    en: 'Look in Microsoft Defender for Cloud which recommendations are new, and follow those of high severity first.',
    de: 'In Microsoft Defender for Cloud nachsehen, welche Empfehlungen neu sind, und zuerst denen mit hohem Schweregrad folgen.',
  },
  severity: 'low',
  serves: [{ measure: 'intrusion-detection', as: 'supports' }],
  params,
  reads: ['secureScore'],
  maxAge: 'P2D',
  onEmpty: 'fail',
  refs: ['ISO/IEC 27001:2022 A.8.8'],
  sources: ['https://learn.microsoft.com/azure/defender-for-cloud/secure-score-security-controls'],
  pitfalls: [
    'Microsoft adds recommendations, and then the score drops although nothing has changed.',
    'Without a score to compare with nothing is judged. A subscription that has no score is one on which Defender for Cloud is off.',
  ],
  messages: {
    held: { en: '{percent} per cent, after {before}.', de: '{percent} Prozent, nach {before}.' },
    dropped: {
      en: '{percent} per cent, after {before}: dropped by more than {most} points.',
      de: '{percent} Prozent, nach {before}: um mehr als {most} Punkte gesunken.',
    },
    score: { en: '{percent} per cent.', de: '{percent} Prozent.' },
  },
  judge({ secureScore }, { before, maxDrop }) {
    return secureScore.map(({ subscription, percent }, index) => {
      const because = `secureScore.${index}.percent`
      if (before === null) return info(subscription, because, 'score', { percent })
      return percent < before - maxDrop
        ? fail(subscription, because, 'dropped', { percent, before, most: maxDrop })
        : pass(subscription, because, 'held', { percent, before })
    })
  },
} satisfies Check<AzureFacts, 'secureScore', typeof params>
