import type { Both, Facts, Known } from './facts.ts'

/** Something that the law wants told and that is not there, with what to do about it. */
export interface Missing {
  /** For programs: `purposes.0.text`. */
  readonly code: string
  readonly article: string
  readonly say: Both
}

type Found = readonly [code: string, article: string, en: string, de: string]

/** What Art. 13 and 14 ask for and is still missing, place by place. Nothing here judges whether a sentence is true. */
export function missingIn(known: Known): Missing[] {
  return [...whoIsMissing(known), ...namesMissing(known.facts), ...whatIsMissing(known)].map(
    ([code, article, en, de]) => ({ code, article, say: { en, de } }),
  )
}

function* whoIsMissing({ controller, facts, authority }: Known): Generator<Found> {
  const record = {
    en: 'Enter it under “Who we are” in the record of processing.',
    de: 'Bitte im Verzeichnis von Verarbeitungstätigkeiten unter „Wer verarbeitet“ eintragen.',
  }
  if (controller.name === '' || controller.address === '')
    yield [
      'controller',
      '13(1)(a)',
      `Name and address of the controller are missing. ${record.en}`,
      `Name und Anschrift des Verantwortlichen fehlen. ${record.de}`,
    ]
  if (controller.contact === '')
    yield [
      'contact',
      '13(1)(a)',
      `A contact of the controller is missing. ${record.en}`,
      `Ein Kontakt des Verantwortlichen fehlt. ${record.de}`,
    ]
  if (controller.dpo === '' && !facts.noOfficer)
    yield [
      'officer',
      '13(1)(b)',
      `The contact of the data protection officer is missing. ${record.en} Or say here that nobody has to be designated.`,
      `Der Kontakt der oder des Datenschutzbeauftragten fehlt. ${record.de} Oder hier angeben, dass niemand zu benennen ist.`,
    ]
  if (authority === null)
    yield [
      'authority',
      '13(2)(d)',
      'The supervisory authority is not chosen. Choose the one where you are established.',
      'Die Aufsichtsbehörde ist nicht gewählt. Bitte die an Ihrem Sitz wählen.',
    ]
}

function* namesMissing({ name, about }: Facts): Generator<Found> {
  yield* inBoth(name, 'name', '12(1)', ['The name of the app', 'Der Name der App'])
  yield* inBoth(about, 'about', '12(1)', ['What the app is for', 'Wofür die App da ist'])
}

function* whatIsMissing(known: Known): Generator<Found> {
  const { facts } = known
  if (facts.purposes.length === 0)
    yield [
      'purposes',
      '13(1)(c)',
      'No purpose is named. Add each purpose with its legal basis.',
      'Es ist kein Zweck genannt. Bitte jeden Zweck mit seiner Rechtsgrundlage eintragen.',
    ]
  if (facts.categories.length === 0)
    yield [
      'categories',
      '13(2)(a), 14(1)(d)',
      'No category of data is named. Add each with how long it is kept.',
      'Es ist keine Datenkategorie genannt. Bitte jede mit ihrer Speicherdauer eintragen.',
    ]
  yield* purposesMissing(known)
  for (const [index, category] of facts.categories.entries()) yield* categoryMissing(category, index)
  yield* recipientsMissing(known)
  if (facts.automated === null)
    yield [
      'automated',
      '13(2)(f)',
      'Say whether decisions are taken by a computer alone (Art. 22).',
      'Bitte angeben, ob Entscheidungen allein automatisiert getroffen werden (Art. 22).',
    ]
  if (facts.automated === true)
    yield* inBoth(facts.logic, 'logic', '13(2)(f)', [
      'How decisions by a computer come about and what they mean',
      'Wie automatisierte Entscheidungen zustande kommen und was sie bedeuten',
    ])
}

function* purposesMissing({ facts, activities }: Known): Generator<Found> {
  for (const [index, { text, basis, detail, activityId }] of facts.purposes.entries()) {
    const place: Pair = [`Purpose ${index + 1}`, `Zweck ${index + 1}`]
    yield* inBoth(text, `purposes.${index}.text`, '13(1)(c)', place)
    if (basis === 'interests')
      yield* inBoth(detail, `purposes.${index}.detail`, '13(1)(d)', [
        `${place[0]}: the legitimate interest`,
        `${place[1]}: das berechtigte Interesse`,
      ])
    if (basis === 'law' || basis === 'public')
      yield* inBoth(detail, `purposes.${index}.detail`, '13(1)(c), 6(3)', [
        `${place[0]}: the law that it rests on`,
        `${place[1]}: das Gesetz, auf dem er beruht`,
      ])
    if (activityId !== null && !activities.includes(activityId))
      yield [
        `purposes.${index}.activity`,
        '30(1)',
        `${place[0]}: its activity no longer stands in the record of processing. Choose another one.`,
        `${place[1]}: Die Tätigkeit steht nicht mehr im Verzeichnis. Bitte eine andere wählen.`,
      ]
  }
}

function* categoryMissing(category: Facts['categories'][number], index: number): Generator<Found> {
  const at = `categories.${index}`
  const place: Pair = [`Data category ${index + 1}`, `Datenkategorie ${index + 1}`]
  yield* inBoth(category.name, `${at}.name`, '14(1)(d)', place)
  if (category.period === '')
    yield* inBoth(category.criteria, `${at}.criteria`, '13(2)(a)', [
      `${place[0]}: a period, or how the period is decided`,
      `${place[1]}: eine Frist oder wie sie bestimmt wird`,
    ])
  else
    yield* inBoth(category.from, `${at}.from`, '13(2)(a)', [
      `${place[0]}: what the period begins with`,
      `${place[1]}: womit die Frist beginnt`,
    ])
  if (!category.fromPerson)
    yield* inBoth(category.source, `${at}.source`, '14(2)(f)', [
      `${place[0]}: where the data come from`,
      `${place[1]}: woher die Daten stammen`,
    ])
  if (category.fromPerson && category.need === null)
    yield [
      `${at}.need`,
      '13(2)(e)',
      `${place[0]}: say whether the data have to be given.`,
      `${place[1]}: Bitte angeben, ob die Daten gegeben werden müssen.`,
    ]
  if (category.fromPerson && category.need !== null && category.need !== 'free')
    yield* inBoth(category.consequence, `${at}.consequence`, '13(2)(e)', [
      `${place[0]}: what follows from not giving them`,
      `${place[1]}: was folgt, wenn sie nicht gegeben werden`,
    ])
}

function* recipientsMissing({ facts, processors }: Known): Generator<Found> {
  if (facts.recipients.length === 0 && !facts.noRecipients)
    yield [
      'recipients',
      '13(1)(e)',
      'No recipient is named. Choose processors of the register, add others, or say that nobody receives the data.',
      'Es ist kein Empfänger genannt. Bitte Auftragsverarbeiter aus dem Verzeichnis wählen, andere eintragen oder angeben, dass niemand die Daten erhält.',
    ]
  for (const [index, one] of facts.recipients.entries()) {
    const place: Pair = [`Recipient ${index + 1}`, `Empfänger ${index + 1}`]
    if (one.processorId === null) yield* inBoth(one.name, `recipients.${index}.name`, '13(1)(e)', place)
    else if (!processors[one.processorId])
      yield [
        `recipients.${index}.processor`,
        '13(1)(e)',
        `${place[0]}: this processor has ended or is not in the register. Remove it or choose another one.`,
        `${place[1]}: Dieser Auftragsverarbeiter ist beendet oder steht nicht im Verzeichnis. Bitte entfernen oder einen anderen wählen.`,
      ]
    if (one.country !== '' && one.transfer === 'none')
      yield [
        `recipients.${index}.transfer`,
        '13(1)(f)',
        `${place[0]}: say what the transfer to the third country rests on.`,
        `${place[1]}: Bitte angeben, worauf die Übermittlung in das Drittland beruht.`,
      ]
  }
}

type Pair = readonly [en: string, de: string]

/** A text that has to be there in both languages. */
function* inBoth(text: Both, code: string, article: string, [en, de]: Pair): Generator<Found> {
  if (text.en === '' && text.de === '')
    yield [
      code,
      article,
      `${en}: not filled in. Enter it in both languages.`,
      `${de}: nicht ausgefüllt. Bitte in beiden Sprachen eintragen.`,
    ]
  else if (text.en === '')
    yield [
      `${code}.en`,
      article,
      `${en}: the English text is missing. Enter it beside the German one.`,
      `${de}: Der englische Text fehlt. Bitte neben dem deutschen eintragen.`,
    ]
  else if (text.de === '')
    yield [
      `${code}.de`,
      article,
      `${en}: the German text is missing. Enter it beside the English one.`,
      `${de}: Der deutsche Text fehlt. Bitte neben dem englischen eintragen.`,
    ]
}
