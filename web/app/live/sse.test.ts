import { expect, test } from 'vitest'
import { createParser, type Frame } from './sse'

function parse(...pieces: string[]): Frame[] {
  const frames: Frame[] = []
  const feed = createParser((frame) => frames.push(frame))
  for (const piece of pieces) feed(piece)
  return frames
}

const whole = 'id: 7\nevent: message.created\ndata: {"a":1}\n\n'
const expected = [{ event: 'message.created', id: '7', data: '{"a":1}', comment: false }]

test('a frame is the same however it is cut', () => {
  for (let at = 0; at <= whole.length; at += 1) {
    expect(parse(whole.slice(0, at), whole.slice(at))).toEqual(expected)
  }
})

test.each(['\r\n', '\r'])('line ends %j', (end) => {
  const text = whole.replaceAll('\n', end)
  const frames = parse(...[...text].map((letter) => letter), 'x')
  expect(frames).toEqual(expected)
})

test('several data lines join, a missing name is "message", ids do not leak', () => {
  const frames = parse('id: 1\ndata: a\ndata: b\n\n', 'data: c\n\n')
  expect(frames.map(({ event, id, data }) => [event, id, data])).toEqual([
    ['message', '1', 'a\nb'],
    ['message', '', 'c'],
  ])
})

test('a comment is the heartbeat and ends no frame', () => {
  const frames = parse('event: x\n:\ndata: 1\n\n')
  expect(frames.map((frame) => frame.comment)).toEqual([true, false])
})

test('blank lines and a lone retry make no event', () => {
  expect(parse('\n\n', 'retry: 1000\n\n')).toEqual([])
})
