import { Button, Checkbox, NumberInput, TagsInput, TextInput } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../account/session.ts'
import { sentenceOf } from '../api/sentence.ts'
import { useChange, useRead, useTenant } from '../api/use-api.ts'
import { Dialog } from '../frame/Dialog.tsx'
import { Loaded } from '../frame/Loaded.tsx'
import { useLanguage } from '../language/use-language.ts'
import { stale } from './record.ts'
import type { CourseListed } from './record.ts'

/** What people are trained in: the courses of the tenant, and those that come with art32. */
export function Courses() {
  const { t } = useTranslation()
  const language = useLanguage()
  const mayWrite = useMay('person:write')
  const read = useRead('course.list', { language })
  const [asking, setAsking] = useState(false)
  const adding = useChange('course.add', { stale })
  return (
    <Loaded read={read}>
      {({ courses, offered }) => (
        <>
          {courses.length === 0 ? <p>{t(mayWrite ? 'course.none' : 'course.noneYet')}</p> : null}
          <ul className="rows">
            {courses.map((course) => (
              <CourseLine key={course.courseId} course={course} mayWrite={mayWrite} />
            ))}
          </ul>
          {mayWrite && offered.length > 0 ? (
            <section className="record-part" aria-labelledby="offered">
              <h2 id="offered">{t('course.offered')}</h2>
              <ul className="rows">
                {offered.map(({ key, title, about, minutes }) => (
                  <li key={key} className="row">
                    <div className="row-main">
                      <h3 className="row-title">{title}</h3>
                      <p className="note quiet">
                        {about} {t('course.minutes', { count: minutes })}
                      </p>
                    </div>
                    <div className="row-actions">
                      <Button
                        size="compact-sm"
                        loading={adding.isPending}
                        aria-label={t('course.useOf', { name: title })}
                        onClick={() => adding.mutate({ shipped: key, title })}
                      >
                        {t('course.use')}
                      </Button>
                    </div>
                  </li>
                ))}
              </ul>
            </section>
          ) : null}
          {mayWrite ? (
            <div className="actions">
              <Button onClick={() => setAsking(true)}>{t('course.add')}</Button>
            </div>
          ) : null}
          <Dialog title={t('course.add')} opened={asking} onClose={() => setAsking(false)}>
            <CourseForm onDone={() => setAsking(false)} />
          </Dialog>
        </>
      )}
    </Loaded>
  )
}

function CourseLine({ course, mayWrite }: { course: CourseListed; mayWrite: boolean }) {
  const { t } = useTranslation()
  const slug = useTenant() ?? ''
  const [asking, setAsking] = useState<'change' | 'retire' | null>(null)
  const retiring = useChange('course.retire', { stale, onDone: () => setAsking(null) })
  const { courseId, key, title, about, minutes, validMonths, areas, required, isRetired, covered, of } = course
  const said = [
    isRetired ? t('course.isRetired') : null,
    minutes === null ? null : t('course.minutes', { count: minutes }),
    t('course.valid', { count: validMonths }),
    isRetired
      ? null
      : !required
        ? t('course.optional')
        : areas.length === 0
          ? t('course.everybody')
          : t('course.areas', { areas: areas.join(', ') }),
    required && of > 0 ? t('course.figure', { covered, of }) : null,
  ]
  return (
    <li className="row">
      <div className="row-main">
        <h2 className="row-title">
          {key === null || isRetired ? (
            title
          ) : (
            <Link to="/t/$slug/course/$courseId" params={{ slug, courseId }}>
              {title}
            </Link>
          )}
        </h2>
        {about === '' ? null : <p className="note">{about}</p>}
        <p className="note quiet">{said.filter((one) => one !== null).join(' · ')}</p>
      </div>
      {mayWrite && !isRetired ? (
        <div className="row-actions">
          <button
            type="button"
            className="text-button"
            aria-label={t('course.changeOf', { name: title })}
            onClick={() => setAsking('change')}
          >
            {t('record.change')}
          </button>
          <button
            type="button"
            className="text-button"
            aria-label={t('course.retireOf', { name: title })}
            onClick={() => setAsking('retire')}
          >
            {t('course.retire')}
          </button>
        </div>
      ) : null}
      <Dialog
        title={t('course.changeOf', { name: title })}
        opened={asking === 'change'}
        onClose={() => setAsking(null)}
      >
        <CourseForm course={course} onDone={() => setAsking(null)} />
      </Dialog>
      <Dialog
        title={t('course.retireOf', { name: title })}
        opened={asking === 'retire'}
        onClose={() => setAsking(null)}
      >
        <p>{t('course.retireText')}</p>
        <div className="actions">
          <Button variant="filled" loading={retiring.isPending} onClick={() => retiring.mutate({ courseId })}>
            {t('course.retire')}
          </Button>
          <Button onClick={() => setAsking(null)}>{t('action.cancel')}</Button>
        </div>
      </Dialog>
    </li>
  )
}

function CourseForm({ course, onDone }: { course?: CourseListed; onDone: () => void }) {
  const { t } = useTranslation()
  const [title, setTitle] = useState(course?.title ?? '')
  const [validMonths, setMonths] = useState<number | string>(course?.validMonths ?? 12)
  const [areas, setAreas] = useState<string[]>([...(course?.areas ?? [])])
  const [required, setRequired] = useState(course?.required ?? true)
  const adding = useChange('course.add', { stale, quiet: true, onDone })
  const changing = useChange('course.change', { stale, quiet: true, onDone })
  const error = adding.error ?? changing.error
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        const given = { title: title.trim(), validMonths: Number(validMonths), areas, required }
        if (course) changing.mutate({ courseId: course.courseId, ...given })
        else adding.mutate(given)
      }}
    >
      {course ? null : <p>{t('course.addText')}</p>}
      <TextInput
        label={t('course.title')}
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
        required
        withAsterisk={false}
        maxLength={200}
      />
      <NumberInput
        hideControls
        label={t('course.validLabel')}
        value={validMonths}
        onChange={setMonths}
        min={1}
        max={60}
        allowDecimal={false}
        required
        withAsterisk={false}
      />
      <Checkbox
        label={t('course.required')}
        checked={required}
        onChange={(event) => setRequired(event.currentTarget.checked)}
      />
      <TagsInput
        label={t('course.areasLabel')}
        description={t('course.areasHint')}
        value={areas}
        onChange={setAreas}
        maxTags={20}
        disabled={!required}
      />
      {error ? (
        <p className="field-problem" role="alert">
          {sentenceOf(error, t)}
        </p>
      ) : null}
      <div className="actions">
        <Button type="submit" variant="filled" loading={adding.isPending || changing.isPending}>
          {t('person.submit')}
        </Button>
        <Button onClick={onDone}>{t('action.cancel')}</Button>
      </div>
    </form>
  )
}
