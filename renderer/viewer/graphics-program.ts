/** A program of the graphics card with the places of its uniform values by name. */
export interface GraphicsProgram {
  readonly program: WebGLProgram;
  readonly place: (uniform: string) => WebGLUniformLocation | null;
}

/** Compiles and links two shaders (GLSL ES 3.00); `attributes` get the places 0, 1 … Throws with the compiler's words, which is a bug. */
export function graphicsProgram(
  gl: WebGL2RenderingContext,
  vertex: string,
  fragment: string,
  attributes: readonly string[],
): GraphicsProgram {
  const program = gl.createProgram();
  for (const [kind, source] of [
    [gl.VERTEX_SHADER, vertex],
    [gl.FRAGMENT_SHADER, fragment],
  ] as const) {
    const shader = gl.createShader(kind)!;
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
    gl.deleteShader(shader);
  }
  attributes.forEach((name, place) => gl.bindAttribLocation(program, place, name));
  gl.linkProgram(program);
  // A lost context links nothing and is no bug.
  if (gl.getProgramParameter(program, gl.LINK_STATUS) !== true && !gl.isContextLost()) {
    const said = (gl.getAttachedShaders(program) ?? []).map((shader) => gl.getShaderInfoLog(shader) ?? '');
    throw new Error(`A shader does not compile: ${[...said, gl.getProgramInfoLog(program) ?? ''].join(' ')}`);
  }
  const places = new Map<string, WebGLUniformLocation | null>();
  return {
    program,
    place: (uniform) => {
      let found = places.get(uniform);
      if (found === undefined) places.set(uniform, (found = gl.getUniformLocation(program, uniform)));
      return found;
    },
  };
}
