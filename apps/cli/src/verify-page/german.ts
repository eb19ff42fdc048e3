import { vouchingSentences } from './german-vouching.ts'

/**
 * The sentences of a verification in German. The English ones are the format's own (`--json` prints them), so they are
 * matched and not numbered; one that is not known here is shown as it is.
 */
const sentences: readonly (readonly [RegExp, string])[] = [
  [
    /^The log (\S+) holds (\d+) entries, and none was changed, removed or moved since its checkpoint was signed\.$/,
    'Das Journal $1 enthält $2 Einträge, und keiner wurde geändert, entfernt oder verschoben, seit sein Prüfpunkt unterschrieben wurde.',
  ],
  [
    /^The edition, recorded as leaf (\d+) at (\S+), and its (\d+) files are unchanged\.$/,
    'Die Fassung, aufgezeichnet als Eintrag $1 am $2, und ihre $3 Dateien sind unverändert.',
  ],
  [
    /^(\d+) contents are shown and are those that were recorded\.$/,
    '$1 Inhalte sind offengelegt und sind die, die aufgezeichnet wurden.',
  ],
  [
    /^The installation recorded a head of this log in its own log, by its clock at (\S+)\.$/,
    'Die Installation hat einen Stand dieses Journals in ihrem eigenen Journal festgehalten, nach ihrer Uhr am $1.',
  ],
  [
    /^Each of the (\d+) lines says no more than the records it cites: (\d+) verified, (\d+) attested, (\d+) inherited; the other lines claim no proof\.$/,
    'Keine der $1 Zeilen sagt mehr als die Aufzeichnungen, auf die sie sich beruft: $2 technisch nachgewiesen, $3 bestätigt, $4 vom Auftragsverarbeiter gewährleistet; die übrigen behaupten keinen Nachweis.',
  ],
  [
    /^Who made this: the key was taken from the bundle itself\. Compare it with one that you got another way\.$/,
    'Wer das gemacht hat: Der Schlüssel stammt aus dem Paket selbst. Vergleichen Sie ihn mit einem, den Sie auf anderem Weg haben.',
  ],
  [
    /^That what was observed is true: the publisher tests itself\.$/,
    'Dass das Beobachtete stimmt: Der Herausgeber prüft sich selbst.',
  ],
  [
    /^When things happened: the times are the publisher’s own, unless a witness or a time stamp says more\.$/,
    'Wann etwas geschah: Die Zeiten sind die des Herausgebers, sofern nicht ein Zeuge oder ein Zeitstempel mehr sagt.',
  ],
  [
    /^That anybody but the publisher has seen this log: no proof of an instance log is in the bundle\.$/,
    'Dass jemand außer dem Herausgeber dieses Journal gesehen hat: Das Paket enthält keinen Nachweis eines Journals der Installation.',
  ],
  [
    /^Who runs the log (\S+): its key was taken from the bundle\.$/,
    'Wer das Journal $1 führt: Sein Schlüssel stammt aus dem Paket.',
  ],
  [
    /^That the log was not replaced as a whole: keep this checkpoint and give it to the next verification\.$/,
    'Dass das Journal nicht als Ganzes ersetzt wurde: Bewahren Sie diesen Prüfpunkt auf und geben Sie ihn bei der nächsten Prüfung an.',
  ],
  [
    /^What stood in the entries (\d+) to (\d+) of the log (\S+): they are gone, the log was restored from a copy\.$/,
    'Was in den Einträgen $1 bis $2 des Journals $3 stand: Sie sind verloren, das Journal wurde aus einer Kopie wiederhergestellt.',
  ],
  [
    /^What the log (\S+) held in its signed history of (\d+) entries: it was restored from another\.$/,
    'Was das Journal $1 in seinem unterschriebenen Verlauf von $2 Einträgen enthielt: Es wurde aus einem anderen wiederhergestellt.',
  ],
  [
    /^The log (\S+) was restored from a copy and goes on as (\S+): you kept a checkpoint of (\d+) entries, and the entries (\d+) to (\d+) are gone\.$/,
    'Das Journal $1 wurde aus einer Kopie wiederhergestellt und geht als $2 weiter: Sie haben einen Prüfpunkt über $3 Einträge, und die Einträge $4 bis $5 sind verloren.',
  ],
  [
    /^What (\d+) commitments stand for: they are withheld or erased\.$/,
    'Wofür $1 Festlegungen stehen: Sie sind zurückgehalten oder gelöscht.',
  ],
  [
    /^What (\d+) entries mean: a newer version wrote types that this verifier does not know\.$/,
    'Was $1 Einträge bedeuten: Eine neuere Version hat Arten geschrieben, die dieses Prüfprogramm nicht kennt.',
  ],
  [
    /^The ML-DSA-44 signature: this verifier cannot check it\.$/,
    'Die ML-DSA-44-Unterschrift: Dieses Prüfprogramm kann sie nicht prüfen.',
  ],
  [
    /^That page and PDF say the same as the edition: they were recorded with it, their wording was not compared\.$/,
    'Dass Seite und PDF dasselbe sagen wie die Fassung: Sie wurden mit ihr aufgezeichnet, ihr Wortlaut wurde nicht verglichen.',
  ],
  [
    /^That the verifier in the bundle is honest: it came with what it checks\. Compare its SHA-256 with the one that art32 published: (\w+)$/,
    'Dass das Prüfprogramm im Paket ehrlich ist: Es kam mit dem, was es prüft. Vergleichen Sie seine SHA-256 mit der, die art32 veröffentlicht hat: $1',
  ],
  [
    /^That anybody stands behind it: it is a draft, not reviewed by a signatory\.$/,
    'Dass jemand dahintersteht: Es ist ein Entwurf, den kein Unterzeichner geprüft hat.',
  ],
  ...vouchingSentences,
]

/** A sentence in German; null for one that has none. */
export function german(sentence: string): string | null {
  const known = sentences.find(([pattern]) => pattern.test(sentence))
  return known === undefined ? null : sentence.replace(known[0], known[1])
}
