import type { App } from './app.ts';

/** Everything on the page that moves or fades for longer than a millisecond, or would on a change; each as what and how long. */
export async function movement(app: App): Promise<readonly string[]> {
  const found = await app.ask(`(() => {
    const long = (times) => times.split(',').some((time) => parseFloat(time) * (time.includes('ms') ? 1 : 1000) > 1);
    const nameOf = (one) => one.tagName.toLowerCase() + '.' + one.className;
    const styled = [...document.querySelectorAll('*')].flatMap((one) =>
      [null, '::before', '::after'].flatMap((part) => {
        const { transitionDuration, animationName, animationDuration, scrollBehavior } = getComputedStyle(one, part);
        return [
          ...(long(transitionDuration) ? [nameOf(one) + (part ?? '') + ' passes over ' + transitionDuration] : []),
          ...(animationName !== 'none' && long(animationDuration) ? [nameOf(one) + (part ?? '') + ' moves for ' + animationDuration] : []),
          ...(scrollBehavior === 'smooth' ? [nameOf(one) + ' scrolls smoothly'] : []),
        ];
      }),
    );
    const running = document.getAnimations().filter((one) => one.effect.getComputedTiming().activeDuration > 1);
    return [...styled, ...running.map((one) => 'runs: ' + (one.animationName ?? one.transitionProperty ?? 'an animation'))];
  })()`);
  return found as readonly string[];
}
