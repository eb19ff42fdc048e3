import { Button } from '@mantine/core'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../api/api.ts'
import { useChange, useRead, useTenant } from '../api/use-api.ts'
import { Loaded } from '../frame/Loaded.tsx'
import { Page } from '../frame/Page.tsx'
import { GuidelineText } from '../guideline/GuidelineText.tsx'
import { useLanguage } from '../language/use-language.ts'
import { Quiz } from './Quiz.tsx'
import './record.css'

type Course = Output<'course.show'>

/** A course: lesson by lesson, then its questions. */
export function CoursePage() {
  const { t } = useTranslation()
  const language = useLanguage()
  const slug = useTenant() ?? ''
  const { courseId } = useParams({ from: '/signed-in/t/$slug/course/$courseId' })
  const read = useRead('course.show', { courseId, language })
  return (
    <Page
      title={read.data?.title ?? t('course.one')}
      over={
        <Link to="/t/$slug/people" params={{ slug }} search={{ view: 'courses' }}>
          {t('record.tab.courses')}
        </Link>
      }
      lead={read.data ? `${read.data.about} ${t('course.minutes', { count: read.data.minutes })}` : undefined}
    >
      <Loaded read={read}>{(course) => <Lessons course={course} />}</Loaded>
    </Page>
  )
}

function Lessons({ course: { courseId, lessons, questions } }: { course: Course }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const slug = useTenant() ?? ''
  const [at, setAt] = useState(0)
  const own = useRead('record.mine', {})
  const starting = useChange('quiz.start')
  const lesson = lessons[at]
  if (starting.data)
    return (
      <Quiz
        key={starting.data.attemptId}
        attempt={starting.data}
        onAgain={() => starting.mutate({ courseId, language })}
        onLessons={() => starting.reset()}
      />
    )
  const go = (to: number) => {
    setAt(to)
    document.querySelector('#lesson')?.scrollIntoView({ block: 'start' })
  }
  return (
    <>
      <nav aria-label={t('course.lessons')}>
        <ol className="record-lines course-lessons">
          {lessons.map(({ title }, index) => (
            <li key={title}>
              <button
                type="button"
                className="text-button"
                aria-current={index === at ? 'step' : undefined}
                onClick={() => go(index)}
              >
                {index === at ? <strong>{title}</strong> : title}
              </button>
            </li>
          ))}
        </ol>
      </nav>
      {lesson ? (
        <section className="record-part" aria-labelledby="lesson">
          <h2 id="lesson">{t('course.lesson', { number: at + 1, of: lessons.length, title: lesson.title })}</h2>
          <GuidelineText text={lesson.body} language={language} />
        </section>
      ) : null}
      <div className="actions">
        <Button disabled={at === 0} onClick={() => go(at - 1)}>
          {t('course.before')}
        </Button>
        {at + 1 < lessons.length ? (
          <Button variant="filled" onClick={() => go(at + 1)}>
            {t('course.next')}
          </Button>
        ) : own.data?.record ? (
          <Button variant="filled" loading={starting.isPending} onClick={() => starting.mutate({ courseId, language })}>
            {t('course.ask', { count: questions })}
          </Button>
        ) : null}
      </div>
      {own.data?.record === null ? (
        <p className="note quiet">
          {t('course.notLinked')}{' '}
          <Link to="/t/$slug/people" params={{ slug }} search={{ view: 'mine' }}>
            {t('record.tab.mine')}
          </Link>
        </p>
      ) : null}
    </>
  )
}
