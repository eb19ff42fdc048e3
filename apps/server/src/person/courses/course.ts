/** A text in both languages. */
export interface Said {
  readonly en: string
  readonly de: string
}

/** One lesson: a few minutes to read. Paragraphs and lists, as guidelines are written. */
export interface Lesson {
  readonly title: Said
  readonly body: Said
}

/** One question: the first answer is the right one; nobody is shown that. */
export interface Question {
  readonly id: string
  readonly ask: Said
  readonly answers: readonly Said[]
  /** Why it is the right one, told after a course was passed. */
  readonly why: Said
}

/** A course that comes with art32. */
export interface ShippedCourse {
  readonly key: string
  /** Changes with what is taught; a certificate names it. */
  readonly version: string
  readonly title: Said
  readonly about: Said
  /** Minutes, to plan with. */
  readonly minutes: number
  readonly lessons: readonly Lesson[]
  readonly questions: readonly Question[]
}

/** So many of ten must be right. */
export const passMark = 0.8
