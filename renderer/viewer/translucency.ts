import { graphicsProgram } from './graphics-program.ts';

/**
 * Translucent bodies mixed without sorting their triangles: weighted sums of their colours in a picture of their own, then laid over what
 * is opaque. McGuire and Bavoil, Weighted Blended Order-Independent Transparency, JCGT 2013; the weight is that of vtk.js.
 */
export interface Translucency {
  /** Calls `drawOpaque` for the depth of what hides, then `drawMixed` for the sums, and lays the mixture over the canvas. */
  readonly mix: (width: number, height: number, drawOpaque: () => void, drawMixed: () => void) => void;
}

const vertex = `#version 300 es
out vec2 place;
void main() {
  place = vec2(float(gl_VertexID & 1), float(gl_VertexID >> 1)) * 2.0;
  gl_Position = vec4(place * 2.0 - 1.0, 0.0, 1.0);
}`;

const fragment = `#version 300 es
precision highp float;
in vec2 place;
uniform sampler2D colours;
uniform sampler2D weights;
out vec4 colour;
void main() {
  vec4 sum = texture(colours, place);
  colour = vec4(sum.rgb / max(texture(weights, place).r, 0.01), 1.0 - sum.a);
}`;

/** The mixing of a context; null where the graphics card has no pictures of fractions to sum in. */
export function createTranslucency(gl: WebGL2RenderingContext): Translucency | null {
  const canSum =
    gl.getExtension('EXT_color_buffer_float') !== null || gl.getExtension('EXT_color_buffer_half_float') !== null;
  if (!canSum) return null;
  const { program, place } = graphicsProgram(gl, vertex, fragment, []);
  const corners = gl.createVertexArray();
  let target: Target | null = null;
  return {
    mix(width, height, drawOpaque, drawMixed) {
      if (target?.width !== width || target.height !== height) {
        target?.dispose();
        target = createTarget(gl, width, height);
      }
      gl.bindFramebuffer(gl.FRAMEBUFFER, target.framebuffer);
      gl.depthMask(true);
      gl.clearBufferfv(gl.COLOR, 0, [0, 0, 0, 1]);
      gl.clearBufferfv(gl.COLOR, 1, [0, 0, 0, 0]);
      gl.clearBufferfv(gl.DEPTH, 0, [1]);
      gl.colorMask(false, false, false, false);
      drawOpaque();
      gl.colorMask(true, true, true, true);
      gl.depthMask(false);
      gl.enable(gl.BLEND);
      gl.blendFuncSeparate(gl.ONE, gl.ONE, gl.ZERO, gl.ONE_MINUS_SRC_ALPHA);
      drawMixed();
      gl.bindFramebuffer(gl.FRAMEBUFFER, null);
      gl.blendFuncSeparate(gl.SRC_ALPHA, gl.ONE_MINUS_SRC_ALPHA, gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
      gl.disable(gl.DEPTH_TEST);
      gl.disable(gl.CULL_FACE);
      gl.useProgram(program);
      [target.colours, target.weights].forEach((texture, unit) => {
        gl.activeTexture(gl.TEXTURE0 + unit);
        gl.bindTexture(gl.TEXTURE_2D, texture);
      });
      gl.uniform1i(place('colours'), 0);
      gl.uniform1i(place('weights'), 1);
      gl.bindVertexArray(corners);
      // One triangle that covers the canvas.
      gl.drawArrays(gl.TRIANGLES, 0, 3);
      gl.bindVertexArray(null);
      gl.enable(gl.DEPTH_TEST);
      gl.disable(gl.BLEND);
      gl.depthMask(true);
    },
  };
}

interface Target {
  readonly width: number;
  readonly height: number;
  readonly framebuffer: WebGLFramebuffer;
  readonly colours: WebGLTexture;
  readonly weights: WebGLTexture;
  readonly dispose: () => void;
}

function createTarget(gl: WebGL2RenderingContext, width: number, height: number): Target {
  const framebuffer = gl.createFramebuffer();
  gl.bindFramebuffer(gl.FRAMEBUFFER, framebuffer);
  const texture = (format: number, attachment: number): WebGLTexture => {
    const made = gl.createTexture();
    gl.bindTexture(gl.TEXTURE_2D, made);
    gl.texStorage2D(gl.TEXTURE_2D, 1, format, width, height);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.NEAREST);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.NEAREST);
    gl.framebufferTexture2D(gl.FRAMEBUFFER, attachment, gl.TEXTURE_2D, made, 0);
    return made;
  };
  const colours = texture(gl.RGBA16F, gl.COLOR_ATTACHMENT0);
  const weights = texture(gl.R16F, gl.COLOR_ATTACHMENT1);
  const depth = gl.createRenderbuffer();
  gl.bindRenderbuffer(gl.RENDERBUFFER, depth);
  gl.renderbufferStorage(gl.RENDERBUFFER, gl.DEPTH_COMPONENT24, width, height);
  gl.framebufferRenderbuffer(gl.FRAMEBUFFER, gl.DEPTH_ATTACHMENT, gl.RENDERBUFFER, depth);
  gl.drawBuffers([gl.COLOR_ATTACHMENT0, gl.COLOR_ATTACHMENT1]);
  return {
    width,
    height,
    framebuffer,
    colours,
    weights,
    dispose: () => {
      gl.deleteFramebuffer(framebuffer);
      gl.deleteTexture(colours);
      gl.deleteTexture(weights);
      gl.deleteRenderbuffer(depth);
    },
  };
}
