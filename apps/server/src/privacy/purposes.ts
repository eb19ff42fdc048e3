import type { RuleId } from './rules.ts'

/** A sentence in both languages. */
export interface Text {
  readonly en: string
  readonly de: string
}

/** Why personal data are stored: one row of the privacy notice. */
export interface Purpose {
  /** What is stored, in words of the person it is about. */
  readonly what: Text
  readonly why: Text
  /** The legal basis in Art. 6(1) GDPR. */
  readonly basis: Text
  /** How long; the rules below are what the daily run deletes by. */
  readonly until: Text
  readonly rules: readonly RuleId[]
  /** Who decides: whoever runs the installation, or the tenant whose data they are. */
  readonly decides: 'operator' | 'tenant'
}

const contract: Text = {
  en: 'to give the access that was asked for (Art. 6(1)(b) GDPR; for staff Art. 6(1)(f))',
  de: 'um den gewünschten Zugang zu geben (Art. 6 Abs. 1 lit. b DSGVO; bei Beschäftigten lit. f)',
}
const security: Text = {
  en: 'legitimate interest in secure operation (Art. 6(1)(f), Art. 32 GDPR)',
  de: 'berechtigtes Interesse am sicheren Betrieb (Art. 6 Abs. 1 lit. f, Art. 32 DSGVO)',
}
const accountability: Text = {
  en: 'duty to be able to show who did what (Art. 5(2), Art. 6(1)(c) and (f), Art. 24, Art. 32 GDPR)',
  de: 'Pflicht, zeigen zu können, wer was getan hat (Art. 5 Abs. 2, Art. 6 Abs. 1 lit. c und f, Art. 24, Art. 32 DSGVO)',
}
const tenantsOwn: Text = {
  en: "the tenant's own; art32 processes it on the tenant's behalf (Art. 28 GDPR)",
  de: 'die des Mandanten; art32 verarbeitet es in dessen Auftrag (Art. 28 DSGVO)',
}
const withAccount: Text = { en: 'until the account is deleted', de: 'bis das Konto gelöscht wird' }
const withTenant: Text = {
  en: 'until the tenant removes it, or is deleted itself',
  de: 'bis der Mandant es entfernt oder selbst gelöscht wird',
}

/**
 * Every purpose for which something about a person is stored. What a field holds is said in `fields.ts`, when it ends in
 * `rules.ts`; the privacy notice is made of the three.
 */
export const purposes = {
  account: {
    what: {
      en: 'Name, mail address, and a random id of the account',
      de: 'Name, E-Mail-Adresse und eine zufällige Kennung des Kontos',
    },
    why: {
      en: 'to sign in, and to show the members of a tenant who works there',
      de: 'zum Anmelden, und um den Mitgliedern eines Mandanten zu zeigen, wer dort arbeitet',
    },
    basis: contract,
    until: withAccount,
    rules: [],
    decides: 'operator',
  },
  credential: {
    what: {
      en: 'The password as a salted hash (argon2id), never as text',
      de: 'Das Passwort als Hash mit Salz (argon2id), nie als Text',
    },
    why: { en: 'to check who signs in', de: 'um zu prüfen, wer sich anmeldet' },
    basis: contract,
    until: withAccount,
    rules: [],
    decides: 'operator',
  },
  session: {
    what: {
      en: 'Sessions: begin, last use, how the browser names itself, which factors were shown, and the coarse network they come from (as 192.0.x.x, never the whole address). Two cookies, needed for signing in: one for the session, one by which a browser that signed in before is known for 180 days',
      de: 'Sitzungen: Beginn, letzte Nutzung, wie sich der Browser nennt, welche Faktoren gezeigt wurden und das grobe Netz, aus dem sie kommen (wie 192.0.x.x, nie die ganze Adresse). Zwei Cookies, nötig zum Anmelden: eines für die Sitzung, eines, an dem ein Browser mit früherer Anmeldung 180 Tage lang erkannt wird',
    },
    why: {
      en: 'to stay signed in, and to notice a session that is not one’s own',
      de: 'um angemeldet zu bleiben und eine fremde Sitzung zu bemerken',
    },
    basis: security,
    until: {
      en: 'at sign-out, or 12 hours after the last use; then deleted within a day',
      de: 'beim Abmelden oder 12 Stunden nach der letzten Nutzung; dann binnen eines Tages gelöscht',
    },
    rules: ['session.expired'],
    decides: 'operator',
  },
  link: {
    what: {
      en: 'Links that work once: the hash of the token, until when it holds, and a new mail address that is to be confirmed',
      de: 'Links, die einmal gelten: der Hash des Tokens, wie lange er gilt, und eine neue E-Mail-Adresse, die bestätigt werden soll',
    },
    why: {
      en: 'to set up the first account, to verify an address, to set a new password',
      de: 'um das erste Konto einzurichten, eine Adresse zu prüfen, ein neues Passwort zu setzen',
    },
    basis: contract,
    until: {
      en: 'once used or run out; then deleted within a day',
      de: 'bis benutzt oder abgelaufen; dann binnen eines Tages gelöscht',
    },
    rules: ['verification.expired', 'setup_link.expired', 'account_link.expired'],
    decides: 'operator',
  },
  factor: {
    what: {
      en: 'Second factors: the secret of an authenticator app and recovery codes, encrypted or hashed; passkeys with their name and public key',
      de: 'Zweite Faktoren: das Geheimnis einer Authenticator-App und Wiederherstellungscodes, verschlüsselt oder gehasht; Passkeys mit Name und öffentlichem Schlüssel',
    },
    why: { en: 'to check who signs in', de: 'um zu prüfen, wer sich anmeldet' },
    basis: security,
    until: { en: 'until removed, or the account is deleted', de: 'bis entfernt oder das Konto gelöscht wird' },
    rules: [],
    decides: 'operator',
  },
  program: {
    what: {
      en: 'API tokens as hashes and client certificates as fingerprints, with their name, permissions, end and last use',
      de: 'API-Tokens als Hashes und Client-Zertifikate als Fingerabdrücke, mit Name, Rechten, Ende und letzter Nutzung',
    },
    why: {
      en: 'to let programs in on behalf of a person',
      de: 'um Programme im Namen einer Person einzulassen',
    },
    basis: contract,
    until: {
      en: 'until revoked, 30 days after they ran out, or until the account is deleted',
      de: 'bis zum Widerruf, 30 Tage nach ihrem Ablauf oder bis das Konto gelöscht wird',
    },
    rules: ['api_token.expired', 'account_certificate.expired'],
    decides: 'operator',
  },
  directory: {
    what: {
      en: "Sign-in by one's own organisation: the id by which its provider or directory knows a person, and the name and addresses that the directory sends",
      de: 'Anmeldung über die eigene Organisation: die Kennung, unter der ihr Anbieter oder Verzeichnis eine Person führt, und Name und Adressen, die das Verzeichnis sendet',
    },
    why: {
      en: 'to let in whom the organisation names, and nobody any more whom it takes away',
      de: 'um einzulassen, wen die Organisation nennt, und niemanden mehr, den sie streicht',
    },
    basis: contract,
    until: {
      en: 'until the directory takes the person away for good, or the account is deleted; a sign-in under way for ten minutes; a token of the directory 30 days after it ran out',
      de: 'bis das Verzeichnis die Person endgültig streicht oder das Konto gelöscht wird; eine begonnene Anmeldung zehn Minuten; ein Token des Verzeichnisses 30 Tage nach seinem Ablauf',
    },
    rules: ['sign_in_attempt.expired', 'directory_token.expired'],
    decides: 'tenant',
  },
  attempt: {
    what: {
      en: 'How often somebody tried to sign in, to confirm or to open a link: a number under a keyed hash of the mail address, the account or the network',
      de: 'Wie oft jemand versucht hat, sich anzumelden, sich zu bestätigen oder einen Link zu öffnen: eine Zahl unter einem Hash mit Schlüssel aus E-Mail-Adresse, Konto oder Netz',
    },
    why: { en: 'against guessing', de: 'gegen Erraten' },
    basis: security,
    until: {
      en: 'until the count begins anew, at most some hours; then deleted within a day',
      de: 'bis neu gezählt wird, höchstens einige Stunden; dann binnen eines Tages gelöscht',
    },
    rules: ['attempt.over'],
    decides: 'operator',
  },
  notification: {
    what: {
      en: 'What somebody wants to be told by mail, in which language, and what waits to be told',
      de: 'Worüber jemand per E-Mail informiert werden will, in welcher Sprache, und was noch zu berichten ist',
    },
    why: { en: 'to write no more letters than wanted', de: 'um nicht mehr E-Mails zu schreiben als gewünscht' },
    basis: contract,
    until: {
      en: 'with the membership; what waits, until it is told and at most 30 days',
      de: 'mit der Mitgliedschaft; was wartet, bis es berichtet ist und höchstens 30 Tage',
    },
    rules: ['notification_item.old'],
    decides: 'tenant',
  },
  subscription: {
    what: {
      en: 'The mail address of somebody who follows the public page of a tenant, in which language and what they want to be told',
      de: 'Die E-Mail-Adresse von jemandem, der der öffentlichen Seite eines Mandanten folgt, in welcher Sprache und worüber E-Mails gewünscht sind',
    },
    why: {
      en: 'to write to them about new editions and lapsed proofs',
      de: 'um über neue Fassungen und abgelaufene Nachweise zu schreiben',
    },
    basis: {
      en: 'consent, given by a link in a letter and withdrawn by the one in each letter (Art. 6(1)(a) GDPR)',
      de: 'Einwilligung, erteilt über einen Link in einer E-Mail und widerrufen über den in jeder E-Mail (Art. 6 Abs. 1 lit. a DSGVO)',
    },
    until: {
      en: 'until it is withdrawn, the tenant removes it, or three letters in a row were refused for good; what was never confirmed, for seven days; letters that wait, at most 30 days',
      de: 'bis sie widerrufen wird, der Mandant sie entfernt oder drei E-Mails hintereinander endgültig abgewiesen wurden; was nie bestätigt wurde, sieben Tage; wartende E-Mails höchstens 30 Tage',
    },
    rules: ['subscription_request.expired', 'subscription_notice.old', 'subscriber_letter.old'],
    decides: 'tenant',
  },
  delivery: {
    what: {
      en: 'Messages to other programs that a tenant named: what happened as a code, with a random id, and the answer',
      de: 'Nachrichten an andere Programme, die ein Mandant genannt hat: was geschah als Code, mit einer zufälligen Kennung, und die Antwort',
    },
    why: { en: 'to deliver them, and to show that they arrived', de: 'um sie zuzustellen und das zu zeigen' },
    basis: tenantsOwn,
    until: { en: '30 days after the last try', de: '30 Tage nach dem letzten Versuch' },
    rules: ['webhook_delivery.done'],
    decides: 'tenant',
  },
  grant: {
    what: {
      en: 'For which time and reason an operator asked to be let in or was, and by whom',
      de: 'Für welche Zeit und aus welchem Grund ein Betreiber um Zugang bat oder ihn bekam, und von wem',
    },
    why: {
      en: 'so that nobody reads the data of a tenant unseen',
      de: 'damit niemand die Daten eines Mandanten ungesehen liest',
    },
    basis: accountability,
    until: {
      en: '13 months after the end, or until the account is deleted',
      de: '13 Monate nach dem Ende oder bis das Konto gelöscht wird',
    },
    rules: ['access_grant.ended'],
    decides: 'tenant',
  },
  conversation: {
    what: {
      en: 'Comments on measures, and questions and answers in rooms, with the random id of who wrote them',
      de: 'Kommentare zu Maßnahmen sowie Fragen und Antworten in Räumen, mit der zufälligen Kennung der Person, die sie schrieb',
    },
    why: {
      en: 'to discuss measures, and to show what was asked and answered',
      de: 'um Maßnahmen zu besprechen und zu zeigen, was gefragt und geantwortet wurde',
    },
    basis: tenantsOwn,
    until: {
      en: 'until taken back, or the tenant is deleted; after the account is deleted its id leads to nobody',
      de: 'bis zur Rücknahme oder bis der Mandant gelöscht wird; nach dem Löschen des Kontos führt die Kennung zu niemandem',
    },
    rules: [],
    decides: 'tenant',
  },
  closing: {
    what: {
      en: 'Of an account that is being deleted: name and mail address',
      de: 'Von einem Konto, das gerade gelöscht wird: Name und E-Mail-Adresse',
    },
    why: {
      en: 'to find and erase it everywhere, even after a crash',
      de: 'um es überall zu finden und zu löschen, auch nach einem Absturz',
    },
    basis: {
      en: 'duty to erase (Art. 6(1)(c), Art. 17 GDPR)',
      de: 'Pflicht zur Löschung (Art. 6 Abs. 1 lit. c, Art. 17 DSGVO)',
    },
    until: { en: 'until the deletion is finished, usually seconds', de: 'bis die Löschung fertig ist, meist Sekunden' },
    rules: [],
    decides: 'operator',
  },
  membership: {
    what: {
      en: 'Of which tenants somebody is a member, with which role, since when; and who is let in for a time as the guest of a room or as the operator',
      de: 'In welchen Mandanten jemand Mitglied ist, mit welcher Rolle und seit wann; und wer auf Zeit als Gast eines Raums oder als Betreiber eingelassen ist',
    },
    why: { en: 'to decide who may do what', de: 'um zu entscheiden, wer was darf' },
    basis: contract,
    until: {
      en: 'until somebody is removed from the tenant, the time is over (for guests at most 180 days), or the account is deleted',
      de: 'bis jemand aus dem Mandanten entfernt wird, die Zeit um ist (bei Gästen höchstens 180 Tage) oder das Konto gelöscht wird',
    },
    rules: ['tenant_visitor.over', 'guest.over'],
    decides: 'tenant',
  },
  disclosure: {
    what: {
      en: 'Of who asks for documents on the public page of a tenant: name, organisation, mail address, reason, what was decided, that the terms were accepted, and when which document was taken',
      de: 'Von Personen, die auf der öffentlichen Seite eines Mandanten um Unterlagen bitten: Name, Organisation, E-Mail-Adresse, Grund, die Entscheidung, die Annahme der Bedingungen und wann welches Dokument geholt wurde',
    },
    why: {
      en: 'to decide on the request, to send the link, and to show who was given what',
      de: 'um über die Anfrage zu entscheiden, den Link zu senden und zu zeigen, wer was erhalten hat',
    },
    basis: tenantsOwn,
    until: {
      en: '6 months after the request is over; 4 years where terms were accepted',
      de: '6 Monate nach dem Ende der Anfrage; 4 Jahre, wenn Bedingungen angenommen wurden',
    },
    rules: ['disclosure.over', 'disclosure.accepted'],
    decides: 'tenant',
  },
  incident: {
    what: {
      en: 'Of who reports an incident on the public page of a tenant: what they wrote, and how to reach them if they said so; and where a controller is told of a breach',
      de: 'Von Personen, die auf der öffentlichen Seite eines Mandanten einen Vorfall melden: was sie geschrieben haben und, wenn angegeben, wie sie zu erreichen sind; und wo ein Verantwortlicher von einer Verletzung unterrichtet wird',
    },
    why: {
      en: 'to deal with the incident, to ask back, and to tell whoever has to be told (Art. 33, 34 GDPR)',
      de: 'um den Vorfall zu bearbeiten, rückzufragen und zu unterrichten, wer zu unterrichten ist (Art. 33, 34 DSGVO)',
    },
    basis: tenantsOwn,
    until: {
      en: 'how to reach who reported: 6 months after the incident is closed; the record of the incident stays (Art. 33(5) GDPR)',
      de: 'wie Meldende zu erreichen sind: 6 Monate nach Abschluss des Vorfalls; die Dokumentation des Vorfalls bleibt (Art. 33 Abs. 5 DSGVO)',
    },
    rules: ['incident.reporter'],
    decides: 'tenant',
  },
  report: {
    what: {
      en: 'Of who reports a vulnerability of a tenant: what they write and, if they give it, name, mail address and how they want to be thanked; who answered',
      de: 'Von Personen, die einem Mandanten eine Schwachstelle melden: was sie schreiben und, wenn sie es angeben, Name, E-Mail-Adresse und wie ihnen gedankt werden soll; wer geantwortet hat',
    },
    why: {
      en: 'to understand and mend what was reported, to answer, and to show that it was done in time',
      de: 'um das Gemeldete zu verstehen und zu beheben, zu antworten und zu zeigen, dass es rechtzeitig geschah',
    },
    basis: tenantsOwn,
    until: {
      en: 'name, address and link 12 months after the report is over, the rest 10 years',
      de: 'Name, Adresse und Link 12 Monate nach dem Ende der Meldung, das Übrige 10 Jahre',
    },
    rules: ['report.contact', 'report_link.over', 'report.over'],
    decides: 'tenant',
  },
  request: {
    what: {
      en: 'Of who asks a tenant for their rights (Art. 15 to 22 GDPR): what they wrote, how to reach them if they said so, where their data were looked for, what was handed out and what they were told',
      de: 'Von Personen, die bei einem Mandanten ihre Rechte geltend machen (Art. 15 bis 22 DSGVO): was sie geschrieben haben, wie sie zu erreichen sind, wenn angegeben, wo nach ihren Daten gesucht, was herausgegeben und was ihnen mitgeteilt wurde',
    },
    why: {
      en: 'to answer the request in time and to prove it (Art. 12, 5(2) GDPR)',
      de: 'um die Anfrage fristgerecht zu beantworten und das nachzuweisen (Art. 12, 5 Abs. 2 DSGVO)',
    },
    basis: tenantsOwn,
    until: {
      en: '3 years after the request was decided; the data handed out only until their link ends',
      de: '3 Jahre nach der Entscheidung; die herausgegebenen Daten nur bis zum Ende ihres Links',
    },
    rules: ['request.over', 'request_package.over', 'request_link.over'],
    decides: 'tenant',
  },
  invitation: {
    what: {
      en: 'Invitations: name, mail address and role of who was invited, by whom',
      de: 'Einladungen: Name, E-Mail-Adresse und Rolle der eingeladenen Person, und von wem',
    },
    why: { en: 'to let the person in who was meant', de: 'um die gemeinte Person einzulassen' },
    basis: tenantsOwn,
    until: { en: '30 days after it ran out or was used', de: '30 Tage, nachdem sie abgelaufen ist oder benutzt wurde' },
    rules: ['invitation.expired'],
    decides: 'tenant',
  },
  ledger: {
    what: {
      en: 'Who did what when: the account beside each event of the ledgers, with what was there before and after. The ledger itself holds hashes and random ids only',
      de: 'Wer wann was getan hat: das Konto neben jedem Ereignis der Journale, mit dem Stand davor und danach. Das Journal selbst enthält nur Hashes und zufällige Kennungen',
    },
    why: {
      en: 'so that a change can be traced and nothing can be altered unnoticed',
      de: 'damit eine Änderung nachvollziehbar ist und nichts unbemerkt verändert wird',
    },
    basis: accountability,
    until: {
      en: 'until the account is deleted; then content and salt are erased and only a hash of random bits is left',
      de: 'bis das Konto gelöscht wird; dann werden Inhalt und Salz gelöscht, und nur ein Hash zufälliger Bits bleibt',
    },
    rules: [],
    decides: 'tenant',
  },
  customer: {
    what: {
      en: 'Of customers: who is to be told, data protection officers and representatives, with addresses; what was instructed, asked and said under an agreement',
      de: 'Von Kunden: wer zu informieren ist, Datenschutzbeauftragte und Vertreter, mit Anschriften; was unter einem Vertrag angewiesen, gefragt und gesagt wurde',
    },
    why: {
      en: 'to keep agreements on processing on behalf of customers, and to show that they were kept',
      de: 'um Verträge zur Auftragsverarbeitung einzuhalten und das zu zeigen',
    },
    basis: tenantsOwn,
    until: withTenant,
    rules: [],
    decides: 'tenant',
  },
  register: {
    what: {
      en: 'Texts of tenants: documents of measures, statements, owners, systems, findings. They may name people if a tenant wrote it so',
      de: 'Texte der Mandanten: Dokumente mit Maßnahmen, Aussagen, Verantwortliche, Systeme, Feststellungen. Sie können Personen nennen, wenn der Mandant es so geschrieben hat',
    },
    why: { en: 'to keep the register of measures', de: 'um das Verzeichnis der Maßnahmen zu führen' },
    basis: tenantsOwn,
    until: withTenant,
    rules: [],
    decides: 'tenant',
  },
  file: {
    what: {
      en: 'Files that tenants bring as evidence, with their names, encrypted with the key of the tenant. They may hold data about people if a tenant brought such a file',
      de: 'Dateien, die Mandanten als Belege hinterlegen, mit ihren Namen, mit dem Schlüssel des Mandanten verschlüsselt. Sie können Daten über Personen enthalten, wenn der Mandant eine solche Datei hinterlegt hat',
    },
    why: {
      en: 'to be able to show that something was done',
      de: 'um zeigen zu können, dass etwas getan wurde',
    },
    basis: tenantsOwn,
    until: {
      en: 'as long as what a file belongs to, or for the period that the tenant has set; a day where it belongs to nothing; then a hash is left',
      de: 'so lange wie das, wozu eine Datei gehört, oder für die Frist, die der Mandant gesetzt hat; einen Tag, wenn sie zu nichts gehört; dann bleibt ein Hash',
    },
    rules: [],
    decides: 'tenant',
  },
  reading: {
    what: {
      en: 'What a look at a system saw, encrypted with the key of the tenant; people are pseudonyms in it, and who they are lies beside it for those who must act',
      de: 'Was ein Blick auf ein System sah, mit dem Schlüssel des Mandanten verschlüsselt; Menschen stehen darin unter Pseudonymen, und wer sie sind, liegt daneben für die, die handeln müssen',
    },
    why: {
      en: 'to judge whether a measure holds, and to be able to judge it again',
      de: 'um zu beurteilen, ob eine Maßnahme wirkt, und es nachrechnen zu können',
    },
    basis: tenantsOwn,
    until: {
      en: '13 months; then the outcome and a hash are left, and who has not been seen for as long is forgotten',
      de: '13 Monate; dann bleiben das Ergebnis und ein Hash, und wer so lange nicht gesehen wurde, wird vergessen',
    },
    rules: ['reading.facts', 'fact_content.facts', 'outcome.subjects', 'pseudonym.unseen'],
    decides: 'tenant',
  },
  staff: {
    what: {
      en: 'People who work for a tenant, as far as it keeps records of them: name, mail address, position, area, first and last day, commitment to confidentiality, courses completed, points of lists, things handed to them, and their accounts on systems; of accounts of programs, who answers for them',
      de: 'Menschen, die für einen Mandanten arbeiten, soweit er Akten über sie führt: Name, E-Mail-Adresse, Aufgabe, Bereich, erster und letzter Tag, Verpflichtung auf Vertraulichkeit, abgeschlossene Kurse, Punkte von Listen, Ausgegebenes und ihre Konten auf Systemen; bei Konten von Programmen, wer für sie einsteht',
    },
    why: {
      en: 'to be able to show that people are bound to confidentiality and trained, to know whose an account or a key is, and to end it when somebody leaves',
      de: 'um zeigen zu können, dass Menschen zur Vertraulichkeit verpflichtet und geschult sind, um zu wissen, wem ein Konto oder Schlüssel gehört, und es zu beenden, wenn jemand geht',
    },
    basis: tenantsOwn,
    until: {
      en: 'until the tenant removes the person, or 13 months after the last day; the mail address until an account of the same address is deleted',
      de: 'bis der Mandant die Person entfernt oder 13 Monate nach dem letzten Tag; die E-Mail-Adresse, bis ein Konto derselben Adresse gelöscht wird',
    },
    rules: ['person.left', 'account_seen.gone'],
    decides: 'tenant',
  },
  edition: {
    what: {
      en: 'Published editions: the role that signed, and the random id of the account',
      de: 'Veröffentlichte Fassungen: die Rolle, die freigegeben hat, und die zufällige Kennung des Kontos',
    },
    why: {
      en: 'an edition is what customers rely on and must not change',
      de: 'auf eine Fassung verlassen sich Kunden, sie darf sich nicht ändern',
    },
    basis: accountability,
    until: {
      en: 'as long as the tenant exists; after the account is deleted its id leads to nobody',
      de: 'solange es den Mandanten gibt; nach dem Löschen des Kontos führt die Kennung zu niemandem',
    },
    rules: [],
    decides: 'tenant',
  },
  operation: {
    what: {
      en: 'What art32 notes about its own work: when it deleted how much',
      de: 'Was art32 über die eigene Arbeit vermerkt: wann wie viel gelöscht wurde',
    },
    why: { en: 'to show that retention periods are kept', de: 'um zu zeigen, dass Fristen eingehalten werden' },
    basis: accountability,
    until: { en: '13 months', de: '13 Monate' },
    rules: ['retention_run.installation', 'retention_run.tenant'],
    decides: 'operator',
  },
} as const satisfies Record<string, Purpose>

/** The name of a purpose. */
export type PurposeId = keyof typeof purposes
