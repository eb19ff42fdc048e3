import { z } from 'zod'
import { defineErrors } from '../kernel/index.ts'
import type { AppError } from '../kernel/index.ts'

/** Problem details on the wire (RFC 9457), with our code and the trace that stands in the log. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.string(),
  trace: z.string(),
  fields: z.array(z.object({ path: z.string(), problem: z.string() })).optional(),
})

/** Refusals that the adapter itself makes, before an operation runs. */
export const httpErrors = defineErrors('http', {
  signed_out: { status: 401, en: 'Please sign in first.', de: 'Bitte zuerst anmelden.' },
  forbidden: {
    status: 403,
    en: 'Your role does not allow this. Ask an owner of this tenant.',
    de: 'Ihre Rolle erlaubt das nicht. Bitte eine Inhaberin oder einen Inhaber dieses Mandanten fragen.',
  },
  not_found: { status: 404, en: 'There is nothing at this address.', de: 'Unter dieser Adresse gibt es nichts.' },
  invalid: { status: 400, en: 'The request is not valid: {problem}.', de: 'Die Anfrage ist ungültig: {problem}.' },
  foreign_origin: {
    status: 403,
    en: 'The request comes from another site and was refused.',
    de: 'Die Anfrage kommt von einer anderen Seite und wurde abgelehnt.',
  },
  too_large: {
    status: 413,
    en: 'The request is larger than {limitMiB} MiB.',
    de: 'Die Anfrage ist größer als {limitMiB} MiB.',
  },
  cut_off: {
    status: 400,
    en: 'The request ended before it was complete. Please send it again.',
    de: 'Die Anfrage brach ab, bevor sie vollständig war. Bitte noch einmal senden.',
  },
  token_invalid: {
    status: 401,
    en: 'This API token is not valid: it is mistyped, has run out or was revoked. Make a new one under "My account".',
    de: 'Dieses API-Token ist ungültig: vertippt, abgelaufen oder widerrufen. Unter „Mein Konto“ ein neues anlegen.',
  },
  token_confined: {
    status: 403,
    en: 'An API token works only inside its tenant. Sign in for everything about accounts, invitations, tokens and tenants.',
    de: 'Ein API-Token gilt nur innerhalb seines Mandanten. Für alles rund um Konten, Einladungen, Token und Mandanten bitte anmelden.',
  },
  token_in_address: {
    status: 400,
    en: 'An API token was sent in the address, where logs keep it. Revoke it, make a new one, and send that in the header Authorization.',
    de: 'Ein API-Token wurde in der Adresse gesendet, wo Protokolle es behalten. Bitte widerrufen, ein neues anlegen und im Header Authorization senden.',
  },
  two_means: {
    status: 400,
    en: 'The request holds a session and an API token. Send one of them.',
    de: 'Die Anfrage enthält eine Sitzung und ein API-Token. Bitte nur eines davon senden.',
  },
  certificate_confined: {
    status: 403,
    en: 'A client certificate cannot change the account or how it signs in. Sign in with a password for that.',
    de: 'Ein Client-Zertifikat kann weder das Konto noch seine Anmeldewege ändern. Dafür bitte mit Passwort anmelden.',
  },
  too_many: {
    status: 429,
    en: 'Too many requests in a short time. Please wait {seconds} s.',
    de: 'Zu viele Anfragen in kurzer Zeit. Bitte {seconds} s warten.',
  },
  busy: {
    status: 503,
    en: 'art32 is busy at this moment. Please try again in a few seconds.',
    de: 'art32 ist gerade ausgelastet. Bitte in einigen Sekunden noch einmal versuchen.',
  },
  wrong_type: {
    status: 415,
    en: 'The request must be sent as {type}.',
    de: 'Die Anfrage muss als {type} gesendet werden.',
  },
})

/** Builds the response body and status for a refused or failed request. A bug stays opaque outside. */
export function problemOf(
  error: AppError,
  trace: string,
  language: 'en' | 'de',
  fields?: z.output<typeof Problem>['fields'],
) {
  const { definition } = error
  const detail = definition.family === 'bug' ? opaque[language] : error.say(language)
  return {
    type: `urn:art32:error:${definition.code}`,
    title: definition.family === 'bug' ? 'art32.bug' : definition.code,
    status: definition.status,
    detail,
    code: definition.code,
    trace,
    ...(fields ? { fields } : {}),
  } satisfies z.output<typeof Problem>
}

const opaque = {
  en: 'art32 made a mistake. Nothing was changed. Please report it with the trace number.',
  de: 'art32 hat einen Fehler gemacht. Es wurde nichts geändert. Bitte mit der Spurnummer melden.',
}
