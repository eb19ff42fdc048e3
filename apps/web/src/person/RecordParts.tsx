import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useChange, useTenant } from '../api/use-api.ts'
import { Reason } from '../duty/Reason.tsx'
import { Files } from '../file/Files.tsx'
import { Dialog } from '../frame/Dialog.tsx'
import { day } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'
import { Downloads } from '../paper/Downloads.tsx'
import { Covered } from './Covered.tsx'
import { Held } from './Held.tsx'
import { Lists } from './Lists.tsx'
import { courseName, signOf, stale } from './record.ts'
import type { RecordShown } from './record.ts'

/** Everything on record about somebody, part by part: for who keeps it, and for themselves. */
export function RecordParts({
  record,
  mayWrite = false,
  isOwn = false,
}: {
  record: RecordShown
  mayWrite?: boolean
  isOwn?: boolean
}) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { person, state, moves } = record
  const facts = [
    [t('record.state'), t(`record.stateOf.${state}`)],
    [t('record.kindLabel'), t(`record.kind.${person.kind}`)],
    [t('record.fact.area'), person.area],
    [t('record.fact.position'), person.position],
    [t('record.fact.email'), person.email],
    [t('record.joinedOn'), person.joinedOn === null ? null : day(person.joinedOn, language)],
    [t('record.lastDay'), person.leftOn === null ? null : day(person.leftOn, language)],
  ] as const
  return (
    <>
      <dl className="record-facts">
        {facts.map(([label, value]) => (
          <Fact key={label} label={label} value={value ?? '–'} />
        ))}
      </dl>
      <Agreements record={record} mayWrite={mayWrite} />
      <Trainings record={record} mayWrite={mayWrite} isOwn={isOwn} />
      <Lists checklists={record.checklists} mayWrite={mayWrite} />
      <Held items={record.items} mayWrite={mayWrite} />
      {moves.length === 0 ? null : (
        <section className="record-part" aria-labelledby="moves">
          <h2 id="moves">{t('record.moves')}</h2>
          <ul className="record-lines">
            {moves.map((move) => (
              <li key={`${move.movedOn} ${move.areaAfter ?? ''} ${move.positionAfter ?? ''}`}>
                {t('record.moved', {
                  on: day(move.movedOn, language),
                  before: bothOf(move.positionBefore, move.areaBefore),
                  after: bothOf(move.positionAfter, move.areaAfter),
                })}
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  )
}

const bothOf = (position: string | null, area: string | null) =>
  [position, area].filter((one) => one !== null).join(', ') || '–'

function Fact({ label, value }: { label: string; value: string }) {
  return (
    <>
      <dt className="quiet">{label}</dt>
      <dd>{value}</dd>
    </>
  )
}

function Agreements({ record: { agreement, agreements }, mayWrite }: { record: RecordShown; mayWrite: boolean }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const [taking, setTaking] = useState<string | null>(null)
  const withdrawing = useChange('confidentiality.withdraw', { stale, onDone: () => setTaking(null) })
  return (
    <section className="record-part" aria-labelledby="agreements">
      <h2 id="agreements">{t('record.confidentiality')}</h2>
      <p>
        <Covered coverage={agreement} of="agreement" />
      </p>
      <ul className="rows">
        {agreements.map((one) => (
          <li key={one.agreementId} className="row">
            <div className="row-main">
              <h3 className="row-title">{t('record.signed', { on: day(one.signedOn, language) })}</h3>
              <p className="note quiet">
                {[
                  t('record.recorded', { on: day(one.recordedAt, language), name: one.recordedBy ?? '–' }),
                  one.note === '' ? null : one.note,
                  one.withdrawnAt === null
                    ? null
                    : t('record.takenBack', { on: day(one.withdrawnAt, language), reason: one.withdrawnReason ?? '' }),
                ]
                  .filter((text) => text !== null)
                  .join(' · ')}
              </p>
              <Files files={one.files} />
            </div>
            {mayWrite && one.withdrawnAt === null ? (
              <div className="row-actions">
                <button
                  type="button"
                  className="text-button"
                  aria-label={t('record.withdrawAgreement', { on: day(one.signedOn, language) })}
                  onClick={() => setTaking(one.agreementId)}
                >
                  {t('record.withdraw')}
                </button>
              </div>
            ) : null}
          </li>
        ))}
      </ul>
      <Dialog title={t('record.withdraw')} opened={taking !== null} onClose={() => setTaking(null)}>
        <Reason
          lead={t('record.withdrawText')}
          action={t('record.withdraw')}
          sending={withdrawing}
          onReason={(reason) => taking !== null && withdrawing.mutate({ agreementId: taking, reason })}
        />
      </Dialog>
    </section>
  )
}

function Trainings({
  record: { courses, trainings },
  mayWrite,
  isOwn,
}: {
  record: RecordShown
  mayWrite: boolean
  isOwn: boolean
}) {
  const { t } = useTranslation()
  const language = useLanguage()
  const slug = useTenant() ?? ''
  const [taking, setTaking] = useState<string | null>(null)
  const withdrawing = useChange('training.withdraw', { stale, onDone: () => setTaking(null) })
  return (
    <section className="record-part" aria-labelledby="trainings">
      <h2 id="trainings">{t('record.trainings')}</h2>
      {courses.length === 0 ? <p className="quiet">{t('record.noCourses')}</p> : null}
      <ul className="record-points">
        {courses.map((course) => (
          <li key={course.courseId}>
            <span className={signOf(course.coverage).tone}>
              <span aria-hidden>{signOf(course.coverage).glyph} </span>
              {courseName(course, t)}:{' '}
              {t(`record.course.${course.coverage}`, {
                on: day(course.until ?? course.graceUntil ?? '', language),
              })}
            </span>{' '}
            {isOwn && course.key !== null ? (
              <Link to="/t/$slug/course/$courseId" params={{ slug, courseId: course.courseId }}>
                {t('record.take')}
              </Link>
            ) : null}
          </li>
        ))}
      </ul>
      <ul className="rows">
        {trainings.map((one) => (
          <li key={one.trainingId} className="row">
            <div className="row-main">
              <h3 className="row-title">{courseName(one, t)}</h3>
              <p className="note quiet">
                {[
                  t('record.completed', { on: day(one.completedOn, language), until: day(one.expiresOn, language) }),
                  one.source === 'quiz'
                    ? t('record.byQuiz', { correct: one.correct ?? 0, asked: one.asked ?? 0 })
                    : one.provider,
                  one.withdrawnAt === null
                    ? null
                    : t('record.takenBack', { on: day(one.withdrawnAt, language), reason: one.withdrawnReason ?? '' }),
                ]
                  .filter((text) => text !== null)
                  .join(' · ')}
              </p>
              <Files files={one.files} />
              {one.source === 'quiz' && one.withdrawnAt === null ? (
                <Downloads
                  operation="training.certificate"
                  input={{ trainingId: one.trainingId }}
                  formats={['pdf', 'docx']}
                  label={t('course.certificate')}
                />
              ) : null}
            </div>
            {mayWrite && one.withdrawnAt === null ? (
              <div className="row-actions">
                <button
                  type="button"
                  className="text-button"
                  aria-label={t('record.withdrawTraining', { name: courseName(one, t) })}
                  onClick={() => setTaking(one.trainingId)}
                >
                  {t('record.withdraw')}
                </button>
              </div>
            ) : null}
          </li>
        ))}
      </ul>
      <Dialog title={t('record.withdraw')} opened={taking !== null} onClose={() => setTaking(null)}>
        <Reason
          lead={t('record.withdrawText')}
          action={t('record.withdraw')}
          sending={withdrawing}
          onReason={(reason) => taking !== null && withdrawing.mutate({ trainingId: taking, reason })}
        />
      </Dialog>
    </section>
  )
}
