/* Minibatch SGD for a tanh network with a linear output and squared error, in plain C.

   Arrays are row major: activations (batch, units), weights (n_in, n_out). Every inner loop runs
   over neighbouring units, so that gcc -O3 -march=native -ffast-math vectorises it, tanhf too
   (glibc's libmvec). The update is folded into the gradient's own loop: no gradient array exists.
   Shapes are known only at run time, as in the libraries that this is compared with. */
#include "reference.h"

/* outputs = inputs @ weights + bias */
static void layer_forward(const float *restrict inputs, const float *restrict weights,
                          const float *restrict bias, float *restrict outputs, int batch, int n_in,
                          int n_out)
{
    for (int b = 0; b < batch; b++) {
        float *restrict row = outputs + b * n_out;
        for (int j = 0; j < n_out; j++)
            row[j] = bias[j];
        for (int i = 0; i < n_in; i++) {
            float x = inputs[b * n_in + i];
            for (int j = 0; j < n_out; j++)
                row[j] += x * weights[i * n_out + j];
        }
    }
}

/* d_inputs = (errors @ weights.T) * (1 - inputs^2): the inputs are the tanh of the layer below. */
static void layer_backward(const float *restrict errors, const float *restrict weights,
                           const float *restrict inputs, float *restrict d_inputs, int batch,
                           int n_in, int n_out)
{
    for (int b = 0; b < batch; b++)
        for (int i = 0; i < n_in; i++) {
            float sum = 0, output = inputs[b * n_in + i];
            for (int j = 0; j < n_out; j++)
                sum += errors[b * n_out + j] * weights[i * n_out + j];
            d_inputs[b * n_in + i] = sum * (1 - output * output);
        }
}

/* weights -= learning_rate * inputs.T @ errors; bias -= learning_rate * sum of errors */
static void layer_update(const float *restrict inputs, const float *restrict errors,
                         float *restrict weights, float *restrict bias, float learning_rate,
                         int batch, int n_in, int n_out)
{
    for (int i = 0; i < n_in; i++)
        for (int b = 0; b < batch; b++) {
            float step = learning_rate * inputs[b * n_in + i];
            for (int j = 0; j < n_out; j++)
                weights[i * n_out + j] -= step * errors[b * n_out + j];
        }
    for (int b = 0; b < batch; b++)
        for (int j = 0; j < n_out; j++)
            bias[j] -= learning_rate * errors[b * n_out + j];
}

/* errors = d(mean squared error)/d(outputs); returns the sum of squares */
static float output_errors(const float *restrict outputs, const float *restrict targets,
                           const int *restrict rows, float *restrict errors, int batch, int n_out)
{
    float total = 0;
    for (int b = 0; b < batch; b++)
        for (int j = 0; j < n_out; j++) {
            float residual = outputs[b * n_out + j] - targets[rows[b] * n_out + j];
            total += residual * residual;
            errors[b * n_out + j] = 2 * residual / (float)(batch * n_out);
        }
    return total;
}

static float train_step(Workspace *work, const float *inputs, const float *targets, const int *rows,
                        int batch, const int *widths, int n_layers, float learning_rate)
{
    float **outputs = work->outputs;
    for (int b = 0; b < batch; b++)
        for (int i = 0; i < widths[0]; i++)
            outputs[0][b * widths[0] + i] = inputs[rows[b] * widths[0] + i];
    for (int l = 0; l < n_layers; l++) {
        layer_forward(outputs[l], work->weights[l], work->bias[l], outputs[l + 1], batch, widths[l],
                      widths[l + 1]);
        float *activated = outputs[l + 1];
        if (l + 1 < n_layers)
            for (int k = 0; k < batch * widths[l + 1]; k++)
                activated[k] = tanhf(activated[k]);
    }
    float total = output_errors(outputs[n_layers], targets, rows, work->errors, batch,
                                widths[n_layers]);
    for (int l = n_layers - 1; l >= 0; l--) {
        if (l > 0)
            layer_backward(work->errors, work->weights[l], outputs[l], work->next_errors, batch,
                           widths[l], widths[l + 1]);
        layer_update(outputs[l], work->errors, work->weights[l], work->bias[l], learning_rate,
                     batch, widths[l], widths[l + 1]);
        swap_errors(work);
    }
    return total;
}

/* Trains in place; losses[e] is the mean squared error seen during epoch e. Returns 0 if done. */
int train(const float *inputs, const float *targets, int n_points, int batch_size,
          const int *widths, int n_layers, float *parameters, float learning_rate, int n_epochs,
          uint64_t *state, float *losses)
{
    Workspace work;
    int ready = open_workspace(&work, parameters, widths, n_layers, batch_size, n_points);
    for (int epoch = 0; ready && epoch < n_epochs; epoch++) {
        float total = 0;
        shuffle(work.order, n_points, state);
        for (int start = 0; start < n_points; start += batch_size) {
            int batch = n_points - start < batch_size ? n_points - start : batch_size;
            total += train_step(&work, inputs, targets, work.order + start, batch, widths, n_layers,
                                learning_rate);
        }
        losses[epoch] = total / (float)(n_points * widths[n_layers]);
    }
    close_workspace(&work);
    return ready ? 0 : 1;
}
