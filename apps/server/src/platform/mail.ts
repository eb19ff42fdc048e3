import { randomUUID } from 'node:crypto'
import type { Socket } from 'node:net'
import { createTransport } from 'nodemailer'
import { z } from 'zod'
import { defineErrors } from '../kernel/index.ts'
import type { AppError } from '../kernel/index.ts'
import { letterHtml, letterText } from './letter.ts'
import type { Letter } from './letter.ts'

/** Sends letters. */
export interface Mailer {
  /** Whether a mail server is configured; without one nothing is promised by mail. */
  readonly isSet: boolean
  /** @throws when the mail server does not take it */
  send(letter: Letter): Promise<void>
}

/** A mail server and who writes, as configured. */
export interface MailSettings {
  /** `smtp://user:password@host:587` or `smtps://…`. */
  readonly url: string
  /** `name@example.com`, or `Name <name@example.com>`. */
  readonly from: string
}

/** Why a letter was not sent. Statuses of the mail server are those of RFC 5321; a 4xx may be tried again. */
export const mailErrors = defineErrors('mail', {
  not_set: {
    status: 409,
    en: 'No mail server is set. Set ART32_SMTP_URL and ART32_MAIL_FROM and start art32 again.',
    de: 'Es ist kein Mailserver eingestellt. Setzen Sie ART32_SMTP_URL und ART32_MAIL_FROM und starten Sie art32 neu.',
  },
  bad_letter: {
    status: 400,
    en: 'This letter has no single valid address, or a control character in its subject.',
    de: 'Diese E-Mail hat keine einzelne gültige Adresse oder ein Steuerzeichen im Betreff.',
  },
  refused: {
    status: 502,
    en: 'The mail server refuses this letter for good (status {status}). Check the address and ART32_MAIL_FROM.',
    de: 'Der Mailserver weist diese E-Mail endgültig ab (Status {status}). Prüfen Sie die Adresse und ART32_MAIL_FROM.',
  },
  deferred: {
    status: 503,
    en: 'The mail server does not take this letter now (status {status}). Try again in some minutes.',
    de: 'Der Mailserver nimmt diese E-Mail jetzt nicht an (Status {status}). Versuchen Sie es in einigen Minuten erneut.',
  },
  sign_in: {
    status: 502,
    en: 'The mail server does not accept the user name and password in ART32_SMTP_URL.',
    de: 'Der Mailserver nimmt Benutzername und Passwort in ART32_SMTP_URL nicht an.',
  },
  not_protected: {
    status: 502,
    en: 'The mail server offers no TLS, or its certificate is not valid for its name. Nothing was sent. Mend the server or the name in ART32_SMTP_URL.',
    de: 'Der Mailserver bietet kein TLS an, oder sein Zertifikat gilt nicht für seinen Namen. Es wurde nichts gesendet. Berichtigen Sie den Server oder den Namen in ART32_SMTP_URL.',
  },
  unreachable: {
    status: 502,
    en: 'The mail server in ART32_SMTP_URL cannot be reached or does not answer. Check its name, its port and the network.',
    de: 'Der Mailserver in ART32_SMTP_URL ist nicht erreichbar oder antwortet nicht. Prüfen Sie Name, Port und Netz.',
  },
})

/** What tests set: a certificate authority to trust, another way to the server, a shorter patience. */
export interface MailOptions {
  readonly trust?: string
  readonly dial?: () => Socket
  readonly patienceMs?: number
}

const loopback = ['localhost', '127.0.0.1', '[::1]']

/**
 * Opens the way to a mail server; without settings a mailer that is not set. Connections are kept for the next letter.
 *
 * TLS is needed unless the server is this very machine: there its certificate is usually one that nobody signed, and
 * nothing travels. Everywhere else a server without STARTTLS gets neither the password nor the letter.
 *
 * @source RFC 8314 §3, RFC 3207 §6; RFC 3834 §5 (Auto-Submitted); RFC 8058 (one-click unsubscribe)
 */
export function openMailer(
  settings: MailSettings | null,
  { trust, dial, patienceMs = 10_000 }: MailOptions = {},
): Mailer & { close(): void } {
  if (settings === null)
    return { isSet: false, send: () => Promise.reject(mailErrors.not_set()), close: () => undefined }
  const from = writerOf(settings.from)
  if (!from) throw mailErrors.bad_letter()
  const { protocol, hostname, port, username, password } = new URL(settings.url)
  const isDirect = protocol === 'smtps:'
  const isNear = loopback.includes(hostname) && dial === undefined
  const transport = createTransport({
    pool: true,
    maxConnections: 2,
    host: hostname.replace(/^\[|\]$/g, ''),
    port: Number(port) || (isDirect ? 465 : 587),
    secure: isDirect,
    requireTLS: !isDirect && !isNear,
    ignoreTLS: !isDirect && isNear,
    tls: { minVersion: 'TLSv1.2', ...(trust === undefined ? {} : { ca: trust }) },
    ...(username === '' ? {} : { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
    connectionTimeout: patienceMs,
    greetingTimeout: patienceMs,
    socketTimeout: 2 * patienceMs,
    dnsTimeout: patienceMs,
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(dial === undefined
      ? {}
      : {
          getSocket: (_: unknown, ready: (error: Error | null, socket: { connection: Socket }) => void) => {
            const connection = dial()
            connection.once('connect', () => ready(null, { connection }))
            connection.once('error', (error) => ready(error, { connection }))
          },
        }),
  })
  return {
    isSet: true,
    async send(letter) {
      const { to, subject, id = randomUUID(), unsubscribe } = letter
      if (!isAddress(to) || hasControl(subject) || hasControl(id)) throw mailErrors.bad_letter()
      await transport
        .sendMail({
          from,
          to: { name: '', address: to },
          envelope: { from: from.address, to },
          subject,
          messageId: `<${id}@${from.address.slice(from.address.indexOf('@') + 1)}>`,
          text: letterText(letter),
          html: letterHtml(letter),
          headers: {
            'Auto-Submitted': 'auto-generated',
            // The click needs https; elsewhere the link in the letter's foot does the same.
            ...(unsubscribe?.url.startsWith('https:')
              ? {
                  'List-Unsubscribe': `<${new URL(unsubscribe.url).href}>`,
                  'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
                }
              : {}),
          },
        })
        .catch((error: unknown) => {
          throw whyNot(error)
        })
    },
    close: () => transport.close(),
  }
}

/** Who writes, from `name@example.com` or `Name <name@example.com>`; null for anything else. */
export function writerOf(from: string): { name: string; address: string } | null {
  const match = /^(?:([^<>"]*)<([^<>]+)>|([^<>]+))$/.exec(from.trim())
  const name = match?.[1]?.trim() ?? ''
  const address = (match?.[2] ?? match?.[3] ?? '').trim()
  return isAddress(address) && !hasControl(name) ? { name, address } : null
}

function isAddress(text: string): boolean {
  return z.email().max(254).safeParse(text).success
}

function hasControl(text: string): boolean {
  return /\p{Cc}|\p{Zl}|\p{Zp}/u.test(text)
}

/** What the transport says, in our words: its own sentences may hold addresses. */
function whyNot(thrown: unknown): AppError {
  const given = z
    .object({ code: z.string().catch(''), responseCode: z.number().catch(0), message: z.string().catch('') })
    .catch({ code: '', responseCode: 0, message: '' })
    .parse(thrown)
  const { code, responseCode: status, message } = given
  if (code === 'EAUTH') return mailErrors.sign_in({}, { cause: thrown })
  if (code === 'ETLS' || /certificate|altnames|self-signed/i.test(message))
    return mailErrors.not_protected({}, { cause: thrown })
  if (status >= 500 && (code === 'EENVELOPE' || code === 'EMESSAGE'))
    return mailErrors.refused({ status }, { cause: thrown })
  if (status >= 400) return mailErrors.deferred({ status }, { cause: thrown })
  return mailErrors.unreachable({}, { cause: thrown })
}
