import { fail, noParams, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import type { TlsFacts } from '../facts.ts'

export const tlsStarttls = {
  id: 'tls.starttls',
  version: 1,
  connector: 'tls',
  title: {
    en: 'A port that begins in the clear upgrades to TLS',
    de: 'Ein Port, der unverschlüsselt beginnt, schaltet auf TLS um',
  },
  why: {
    en: 'Mail and passwords are otherwise sent in the clear, and nobody notices.',
    de: 'Mails und Passwörter gehen sonst im Klartext über die Leitung, und niemand merkt es.',
  },
  remedy: {
    en: 'Switch on STARTTLS in the mail server (Postfix: smtpd_tls_security_level = may or encrypt), or ssl in PostgreSQL.',
    de: 'STARTTLS im Mailserver einschalten (Postfix: smtpd_tls_security_level = may oder encrypt) oder ssl in PostgreSQL.',
  },
  severity: 'high',
  serves: [
    { measure: 'transport-encryption', as: 'proves' },
    { measure: 'email-encryption', as: 'supports' },
  ],
  params: noParams,
  reads: ['upgrade'],
  maxAge: 'P7D',
  onEmpty: 'not-applicable',
  refs: ['ISO/IEC 27001:2022 A.8.24', 'BSI TR-02102-2'],
  sources: ['https://www.rfc-editor.org/rfc/rfc3207', 'https://www.rfc-editor.org/rfc/rfc8314'],
  pitfalls: [
    'That the upgrade is offered is seen, not that it is demanded: somebody on the line can strip the offer. MTA-STS or TLS from the first byte help against that.',
    'The quality of what follows is judged by the other tls checks of the same connection.',
  ],
  messages: {
    offered: { en: 'The upgrade is offered ({protocol}).', de: 'Die Umschaltung wird angeboten ({protocol}).' },
    missing: {
      en: 'The upgrade is not offered ({protocol}).',
      de: 'Die Umschaltung wird nicht angeboten ({protocol}).',
    },
  },
  judge({ upgrade: { protocol, offered } }) {
    if (protocol === 'none') return []
    return [(offered ? pass : fail)('upgrade', 'upgrade.offered', offered ? 'offered' : 'missing', { protocol })]
  },
} satisfies Check<TlsFacts, 'upgrade', typeof noParams>
