import { fail, info, noParams, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import type { SeenSelfFacts } from '../facts.ts'

export const selfBackupFresh = {
  id: 'self.backup-fresh',
  version: 1,
  connector: 'self',
  title: {
    en: 'Every tenant is in a whole backup of last night, in every place',
    de: 'Jeder Mandant ist in einer vollständigen Sicherung der letzten Nacht, an jedem Ort',
  },
  why: {
    en: 'What was written since the last backup is lost with the machine. A backup that lacks a tenant, or shrinks, is mostly noticed when it is needed.',
    de: 'Was seit der letzten Sicherung geschrieben wurde, geht mit der Maschine verloren. Dass eine Sicherung einen Mandanten auslässt oder schrumpft, fällt meist erst auf, wenn man sie braucht.',
  },
  remedy: {
    en: 'Set backups up as docs/guides/backup.md says. Where they are, the page of the installation says which night, place or tenant is missing and why: mend that and back up now.',
    de: 'Sicherungen einrichten, wie es in docs/guides/backup.md steht. Sind sie eingerichtet, sagt die Seite der Installation, welche Nacht, welcher Ort oder Mandant fehlt und warum: das beheben und jetzt sichern.',
  },
  severity: 'critical',
  serves: [
    { measure: 'regular-backup', as: 'proves' },
    { measure: 'backup-monitoring', as: 'proves' },
  ],
  params: noParams,
  reads: ['backup'],
  maxAge: 'P1D',
  onEmpty: 'fail',
  refs: ['GDPR Art. 32(1)(c)', 'ISO/IEC 27001:2022 A.8.13', 'BSI CON.3'],
  sources: ['https://eur-lex.europa.eu/eli/reg/2016/679/oj'],
  pitfalls: [
    'A fresh backup is no restored one: self.backup-restored judges that.',
    'Where no backups are set up in art32, it fails: it sees none. Whoever copies the machine in another way proves that with the connector of that way, and accepts this as an exception.',
  ],
  messages: {
    fresh: { en: 'The newest whole backup is of {at}.', de: 'Die neueste vollständige Sicherung ist vom {at}.' },
    late: {
      en: 'The newest whole backup is of {at}: a night was missed.',
      de: 'Die neueste vollständige Sicherung ist vom {at}: Eine Nacht fehlt.',
    },
    unset: { en: 'No backups are set up.', de: 'Es sind keine Sicherungen eingerichtet.' },
    never: { en: 'No whole backup lies there.', de: 'Dort liegt keine vollständige Sicherung.' },
    first: { en: 'The first backup is still to come.', de: 'Die erste Sicherung steht noch aus.' },
    without: { en: 'The newest backup lacks {count} tenants.', de: 'Der neuesten Sicherung fehlen {count} Mandanten.' },
    odd: {
      en: '{count} databases have much less or much more in the newest backup than usual.',
      de: '{count} Datenbanken haben in der neuesten Sicherung viel weniger oder viel mehr als üblich.',
    },
  },
  judge({ backup: { places, withoutPart, odd } }) {
    if (places.length === 0) return [fail('backup', 'backup.places', 'unset')]
    const missing = withoutPart > 0 ? [fail('tenants', 'backup.withoutPart', 'without', { count: withoutPart })] : []
    const strange = odd > 0 ? [fail('sizes', 'backup.odd', 'odd', { count: odd })] : []
    const judged = places.map(({ place, newestAt, late }, index) => {
      const because = `backup.places.${index}.newestAt`
      if (newestAt === null)
        return late ? fail(`place:${place}`, because, 'never') : info(`place:${place}`, because, 'first')
      return late
        ? fail(`place:${place}`, because, 'late', { at: newestAt })
        : pass(`place:${place}`, because, 'fresh', { at: newestAt })
    })
    return [...judged, ...missing, ...strange]
  },
} satisfies Check<SeenSelfFacts, 'backup', typeof noParams>
