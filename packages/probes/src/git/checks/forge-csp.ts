import { z } from 'zod'
import { fail, info, pass, unlessDeclared } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import { field } from '../../engine/text.ts'
import type { GitFacts } from '../facts.ts'

const params = z.object({
  allowed: field(z.array(z.string()).default([]), { label: { en: 'Allowed sources', de: 'Zugelassene Quellen' } }),
})

export const forgeCsp = {
  id: 'forge.csp',
  version: 1,
  connector: 'git',
  title: { en: 'The Forge app adds no unsafe scripts', de: 'Die Forge-App lässt keine unsicheren Skripte zu' },
  why: {
    en: "Unsafe sources open the pages of every customer's site to injected scripts.",
    de: 'Unsichere Quellen öffnen die Seiten jedes Kunden für eingeschleuste Skripte.',
  },
  remedy: {
    en: 'Bundle scripts and styles with the app and remove unsafe entries from permissions.content and permissions.external.',
    de: 'Skripte und Stile mit der App bündeln und unsichere Einträge aus permissions.content und permissions.external entfernen.',
  },
  severity: 'medium',
  serves: [{ measure: 'web-app-hardening', as: 'proves' }],
  params,
  reads: ['forge'],
  maxAge: 'P7D',
  onEmpty: 'not-applicable',
  refs: ['OWASP ASVS 4.0.3 14.4.3'],
  sources: ['https://developer.atlassian.com/platform/forge/manifest-reference/permissions/#content-permissions'],
  pitfalls: ['Inline styles are told, not failed: many component libraries need them, and they run no code.'],
  messages: {
    own: { en: 'Only own scripts and styles.', de: 'Nur eigene Skripte und Stile.' },
    unsafe: {
      en: '{source} lets foreign or injected code run.',
      de: '{source} lässt fremden oder eingeschleusten Code zu.',
    },
    allowed: { en: '{source} is allowed.', de: '{source} ist zugelassen.' },
    style: { en: '{source} allows inline styles.', de: '{source} lässt eingebettete Stile zu.' },
  },
  judge({ forge: { present, content } }, { allowed }) {
    if (!present) return []
    if (content.length === 0) return [pass('content', 'forge.content', 'own')]
    const places = Map.groupBy(content.keys(), (index) => content[index] ?? '')
    return [...places].map(([source, [first]]) => {
      const because = `forge.content.${first}`
      if (allowed.includes(source)) return pass(source, because, 'allowed', { source })
      return source === 'unsafe-inline'
        ? info(source, because, 'style', { source })
        : unlessDeclared(fail(source, because, 'unsafe', { source }), { list: 'allowed', values: [source] })
    })
  },
} satisfies Check<GitFacts, 'forge', typeof params>
