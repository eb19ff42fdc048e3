/** Why a document cannot be read; a closed list, so that callers can branch on it. */
export type ReaderErrorCode =
  | 'empty'
  | 'too-large'
  | 'too-long'
  | 'encrypted-pdf'
  | 'scanned-pdf'
  | 'zip-bomb'
  | 'wrong-format'
  | 'legacy-format'
  | 'binary'
  | 'broken-encoding'
  | 'unsupported-language'
  | 'too-deep'
  | 'too-many-pages'
  | 'timeout'
  | 'damaged'

/** Numbers, names of formats and languages only: never a part of the document. */
export type ReaderErrorParams = Readonly<Record<string, string | number>>

type Sentences = Readonly<Record<'en' | 'de', string>>

/** What went wrong and what to do about it, with `{name}` for a parameter. */
const sentences: Readonly<Record<ReaderErrorCode, Sentences>> = {
  empty: {
    en: 'The file contains no text. Check that the right file was chosen and that it is saved completely.',
    de: 'Die Datei enthält keinen Text. Bitte prüfen, ob die richtige Datei gewählt und vollständig gespeichert ist.',
  },
  'too-large': {
    en: 'The file has {size} MB; at most {limit} MB are read. Remove pictures or split the document.',
    de: 'Die Datei hat {size} MB; gelesen werden höchstens {limit} MB. Bitte Bilder entfernen oder das Dokument teilen.',
  },
  'too-long': {
    en: 'The document has more than {limit} characters of text. Split it and read the parts one by one.',
    de: 'Das Dokument hat mehr als {limit} Zeichen Text. Bitte teilen und die Teile einzeln lesen.',
  },
  'encrypted-pdf': {
    en: 'The PDF is protected by a password. Save it without protection and try again.',
    de: 'Das PDF ist mit einem Kennwort geschützt. Bitte ohne Schutz speichern und erneut versuchen.',
  },
  'scanned-pdf': {
    en: 'The PDF contains pictures of pages but no text. Run text recognition (OCR) or take the original file.',
    de: 'Das PDF enthält nur Bilder von Seiten, keinen Text. Bitte Texterkennung (OCR) ausführen oder die Originaldatei verwenden.',
  },
  'zip-bomb': {
    en: 'The DOCX would unpack to {size} MB in {entries} parts, which no document of measures needs. Save it again in a word processor.',
    de: 'Die DOCX-Datei würde auf {size} MB in {entries} Teilen entpackt; so viel braucht kein Dokument. Bitte in einer Textverarbeitung neu speichern.',
  },
  'wrong-format': {
    en: 'The content is {found}, but the name ends in {extension}. Rename the file or choose another one (txt, md, html, docx, pdf).',
    de: 'Der Inhalt ist {found}, der Name endet aber auf {extension}. Bitte umbenennen oder eine andere Datei wählen (txt, md, html, docx, pdf).',
  },
  'legacy-format': {
    en: 'The file is in the format {found}, which is not read. Save it as DOCX or PDF.',
    de: 'Die Datei hat das Format {found}, das nicht gelesen wird. Bitte als DOCX oder PDF speichern.',
  },
  binary: {
    en: 'The file is not a text document (it holds binary data). Choose a txt, md, html, docx or pdf file.',
    de: 'Die Datei ist kein Textdokument, sie enthält Binärdaten. Bitte eine txt-, md-, html-, docx- oder pdf-Datei wählen.',
  },
  'broken-encoding': {
    en: 'The text is neither valid UTF-8 nor a readable 8-bit encoding (byte {offset}). Save it as UTF-8.',
    de: 'Der Text ist weder gültiges UTF-8 noch eine lesbare 8-Bit-Kodierung (Byte {offset}). Bitte als UTF-8 speichern.',
  },
  'unsupported-language': {
    en: 'The document is written in {language}; English and German are read. Provide a version in one of them.',
    de: 'Das Dokument ist auf {language} verfasst; gelesen werden Deutsch und Englisch. Bitte eine solche Fassung verwenden.',
  },
  'too-deep': {
    en: 'The document nests its parts more than {limit} levels deep. Save it again in a simple layout.',
    de: 'Das Dokument verschachtelt seine Teile mehr als {limit} Ebenen tief. Bitte in einfacher Gliederung neu speichern.',
  },
  'too-many-pages': {
    en: 'The PDF has {pages} pages; at most {limit} are read. Extract the pages with the measures.',
    de: 'Das PDF hat {pages} Seiten; gelesen werden höchstens {limit}. Bitte die Seiten mit den Maßnahmen entnehmen.',
  },
  timeout: {
    en: 'Reading took longer than {seconds} seconds and was stopped. Split the document or save it in a simpler layout.',
    de: 'Das Lesen dauerte länger als {seconds} Sekunden und wurde beendet. Bitte das Dokument teilen oder einfacher gestalten.',
  },
  damaged: {
    en: 'The {format} file is damaged and cannot be opened. Open it in its program, save it again and retry.',
    de: 'Die {format}-Datei ist beschädigt und lässt sich nicht öffnen. Bitte im Programm öffnen, neu speichern und erneut versuchen.',
  },
}

/** A document that cannot be read. `message` is the English sentence; {@link ReaderError.say} gives either language. */
export class ReaderError extends Error {
  override readonly name = 'ReaderError'
  readonly code: ReaderErrorCode
  readonly params: ReaderErrorParams

  constructor(code: ReaderErrorCode, params: ReaderErrorParams = {}, cause?: unknown) {
    super(fill(sentences[code].en, params), cause === undefined ? {} : { cause })
    this.code = code
    this.params = params
  }

  /** The sentence in the asked language: what went wrong and what to do. */
  say(language: 'en' | 'de'): string {
    return fill(sentences[this.code][language], this.params)
  }
}

function fill(sentence: string, params: ReaderErrorParams): string {
  return sentence.replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole))
}

/** All codes, for tests and documentation. */
export const readerErrorCodes = Object.keys(sentences) as readonly ReaderErrorCode[]
